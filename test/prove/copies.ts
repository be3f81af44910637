/**
 * `npm run prove:copies`: counts the kernel's copies in ten guests, one after the other, and holds every run against the
 * one right answer. Options: --share, --seed, --small (less payload), --record FILE.
 */
import { type CopiesRun, copiesBar, copiesSummary, type ProveCopies, wrongCopies } from '#model/prove.ts';
import { type CountResult, countResultSchema } from '#model/result.ts';
import { type Asked, partOf, proveProgram } from './program.ts';
import { runLab } from './run-lab.ts';

const KERNEL = '6.12';
const BYTES = 2 ** 20;
const SMALL_BYTES = 2 ** 18;

if (import.meta.main) await proveProgram('copies', proveCopies, copiesSummary);

/** Runs the series. */
export async function proveCopies(asked: Asked): Promise<ProveCopies> {
  const { share, small, seed, say } = asked;
  const startedAt = new Date();
  const bytes = small ? SMALL_BYTES : BYTES;
  const results: CountResult[] = [];
  for (let order = 0; order < partOf(copiesBar.runs, share); order++) {
    const args = ['count-copies', '--guest', '--guest-kernel', KERNEL, '--rounds', '1'];
    args.push('--size', String(bytes), '--seed', String(seed + order));
    const result = countResultSchema.parse(await runLab(args, asked));
    results.push(result);
    say(`run ${order + 1}: ${wrongCopies(runOf(result, order)).join('; ') || 'as expected'}`);
  }
  const [{ environment }] = results as [CountResult];
  return {
    kind: 'prove-copies',
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    seed,
    share,
    small,
    environment,
    parameters: { guestKernel: KERNEL, bytes },
    runs: results.map(runOf),
  };
}

/** What one run counted, without its stacks. */
export function runOf({ series, seed, environment }: CountResult, order: number): CopiesRun {
  const rows = series.flatMap(({ variant, factors, samples }) =>
    samples.map(({ payloadBytes, copiedTotal = 0 }) => ({
      variant,
      link: String(factors.link),
      receiver: String(factors.receiver),
      fileSystem: String(factors.fileSystem),
      payloadBytes,
      copiedTotal,
    })),
  );
  return { order, seed, kernel: environment.kernel.release, rows };
}
