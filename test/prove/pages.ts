/**
 * `npm run prove:pages`: the overwrite test 50 times, through ./zc, and every sample of every path held against the one
 * right answer. Options: --share, --seed, --work, --record FILE.
 */
import { bar, type ProvePages, pagesSummary, rightRounds } from '#model/prove.ts';
import { proofResultSchema } from '#model/result.ts';
import { checkPages } from './pages-check.ts';
import { type Asked, partOf, proveProgram } from './program.ts';
import { runLab } from './run-lab.ts';

const BYTES = 64 * 1024;

if (import.meta.main) await proveProgram('pages', provePages, pagesSummary);

/** Runs the overwrite test and checks it. */
export async function provePages(asked: Asked): Promise<ProvePages> {
  const { share, small, seed, say } = asked;
  const startedAt = new Date();
  const rounds = partOf(bar.pages.rounds, share);
  const args = ['shared-pages', '--rounds', String(rounds), '--size', String(BYTES), '--seed', String(seed)];
  const result = proofResultSchema.parse(await runLab(args, asked));
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
