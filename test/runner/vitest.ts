/** One vitest process over the chosen tests, and what came of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonTestResults } from 'vitest/node';

/** How many tests passed, failed and were skipped, and what went wrong outside of any test. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One sentence each; every one of them counts as failed. */
  readonly troubles: readonly string[];
}

export interface Chosen {
  /** The clone, where vitest.config.ts is. */
  readonly root: string;
  readonly projects: readonly string[];
  /** Relative to the root; empty: all files of the projects. */
  readonly files: readonly string[];
  /** Where vitest's own output goes: the caller's terminal, or nowhere. */
  readonly output?: 'inherit' | 'ignore';
}

/** Runs vitest once. */
export async function runVitest(chosen: Chosen): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'zero-copy-test-'));
  try {
    const report = join(folder, 'report.json');
    const ended = await start(chosen, report);
    return outcomeOf(readReport(report), ended);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(
  { root, projects, files, output = 'inherit' }: Chosen,
  report: string,
): Promise<number | NodeJS.Signals> {
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    // Node reads the configuration itself: bundling it would write into node_modules, which may be somebody else's.
    '--configLoader=native',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...projects.map((name) => `--project=${name}`),
    ...files.map((file) => join(root, file)),
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', output, output] });
  // Ctrl-C reaches vitest too, and the report's folder is removed when it has ended; TERM may reach this process only.
  const ignore = () => {};
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', ignore).on('SIGTERM', pass);
  try {
    const [code, signal] = await once(child, 'exit');
    return code ?? signal;
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', pass);
  }
}

function readReport(file: string): JsonTestResults | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Counts what vitest reported. A file that could not be loaded has no test in the report, and an error outside of a test
 * only shows in the exit code: both are troubles.
 *
 * @param report vitest's JSON report; null: it wrote none
 * @param ended exit code or signal of vitest
 */
export function outcomeOf(report: JsonTestResults | null, ended: number | NodeJS.Signals): Outcome {
  if (!report) return { passed: 0, failed: 1, skipped: 0, troubles: [`vitest ended with ${ended} and left no report`] };
  const troubles = report.testResults
    .filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'))
    .map((file) => `${file.name}: ${file.message.split('\n')[0] || 'it failed outside of its tests'}`);
  const counted = report.numFailedTests + troubles.length;
  if (ended !== 0 && counted === 0) troubles.push(`vitest ended with ${ended}, though no test failed: see above`);
  if (report.numTotalTests === 0 && troubles.length === 0) troubles.push('not one test ran');
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + troubles.length,
    skipped: report.numPendingTests + report.numTodoTests,
    troubles,
  };
}
