/**
 * `npm test`: runs every tier of tests that this machine can run, names those it leaves out, and ends with one line,
 * `N passed, N failed`. `npm test -- --tier base` and `npm test -- PART-OF-A-FILE-NAME …` run less.
 *
 * Exit code 0: all passed. 1: a test failed or, with CI set, a tier was left out. 2: a wrong argument. 3: not installed.
 */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { type Asked, readArguments, UsageError } from './runner/arguments.ts';
import { closingLine, exitCode, type LeftOut, sayLeftOut } from './runner/summary.ts';
import { tiers } from './runner/tiers.ts';
import { type Outcome, runVitest } from './runner/vitest.ts';

const root = join(import.meta.dirname, '..');
const ci = !['', '0', 'false'].includes(process.env.CI ?? '');

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (!existsSync(join(root, 'node_modules/vitest'))) {
    console.error("The tests need the packages for development, which are not installed: run 'npm ci' without --omit");
    return 3;
  }
  try {
    return await run(readArguments(args, globSync('test/**/*.test.ts', { cwd: root }).sort()));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function run(asked: Asked): Promise<number> {
  const leftOut = tiers
    .filter((tier) => asked.tiers.includes(tier.name))
    .flatMap((tier): LeftOut[] => {
      const missing = tier.missing({ ci, asked: asked.explicit });
      return missing ? [{ tier: tier.name, missing }] : [];
    });
  const projects = asked.tiers
    .filter((name) => !leftOut.some((out) => out.tier === name))
    .map((name) => (name === 'base' ? 'base*' : name));
  const outcome: Outcome =
    projects.length > 0
      ? await runVitest({ root, projects, files: asked.files })
      : { passed: 0, failed: 0, skipped: 0, troubles: [] };
  for (const trouble of outcome.troubles) console.log(`failed: ${trouble}`);
  for (const out of leftOut) console.log(sayLeftOut(out));
  console.log(closingLine(outcome));
  return exitCode(outcome, leftOut, ci);
}
