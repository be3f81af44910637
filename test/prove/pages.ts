/**
 * `npm run prove:pages`: the overwrite test 50 times, through ./zc, and every sample of every path held against the one
 * right answer. Options: --share, --seed, --work, --record FILE.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { bar, type ProvePages, pagesSummary, rightRounds } from '#model/prove.ts';
import { type ProofResult, proofResultSchema } from '#model/result.ts';
import { checkPages } from './pages-check.ts';
import { type Asked, partOf, proveProgram } from './program.ts';

const zc = fileURLToPath(new URL('../../zc', import.meta.url));
const BYTES = 64 * 1024;

if (import.meta.main) await proveProgram('pages', provePages, pagesSummary);

/** Runs the overwrite test and checks it. */
export async function provePages(asked: Asked): Promise<ProvePages> {
  const { share, small, seed, say } = asked;
  const startedAt = new Date();
  const rounds = partOf(bar.pages.rounds, share);
  const result = await overwriteTest(rounds, asked);
  const { cases, refused, faults } = checkPages(result, rounds, BYTES);
  for (const one of cases.filter((each) => rightRounds(each) < rounds)) {
    const { variant, link, control, expected, seen } = one;
    say(
      `${variant} over ${link}, control ${control}: expected ${JSON.stringify(expected)}, saw ${JSON.stringify(seen)}`,
    );
  }
  for (const fault of faults) say(fault);
  return {
    kind: 'prove-pages',
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    seed,
    share,
    small,
    environment: result.environment,
    parameters: { bytes: BYTES, rounds },
    cases,
    refused,
    faults,
  };
}

/** One run of ./zc; what it stores goes to a folder that is removed. */
async function overwriteTest(rounds: number, { seed, work, signal }: Asked): Promise<ProofResult> {
  const state = mkdtempSync(join(tmpdir(), 'zero-copy-prove-'));
  const args = ['run', 'shared-pages', '--json', '--rounds', String(rounds), '--size', String(BYTES)];
  try {
    const run = spawn(zc, [...args, '--seed', String(seed), ...(work === undefined ? [] : ['--work', work])], {
      // A session of its own: Ctrl-C reaches this program, which passes it on.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // This program holds the measuring lock already.
      env: { ...process.env, XDG_STATE_HOME: state, ZC_LOCK_HELD: '1' },
    });
    signal.addEventListener('abort', () => run.kill('SIGTERM'), { once: true });
    const [said, complained] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close')]);
    signal.throwIfAborted();
    if (run.exitCode !== 0) throw new Error(`./zc ${args.join(' ')} ended with ${run.exitCode}: ${complained}`);
    return proofResultSchema.parse(JSON.parse(said));
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
