/** Counts the calls of a real copying loop: by strace, and by the loop itself; both must say the same. */
import { closeSync, ftruncateSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Call, namedDescriptor } from '#proof/calls/index.ts';
import type { Bench } from '../bench.ts';
import { NoEvidence, runProgram } from '../run-program.ts';
import { canTrace } from '../tracing.ts';

/** A copy of a file through one buffer into a pipe that holds `takesBytes`, and so takes no more in one call. Bytes. */
export interface Copy {
  readonly fileBytes: number;
  readonly bufferBytes: number;
  readonly takesBytes: number;
}

/** What run-copies.ts is told. */
export interface CopyOrder {
  readonly copies: readonly (Pick<Copy, 'bufferBytes' | 'takesBytes'> & { readonly path: string })[];
  readonly report: string;
}

/** What run-copies.ts says of one copy. */
export interface CopyReport {
  readonly reads: number;
  readonly writes: number;
  /** Name of the pipe, and what it really holds: the kernel rounds up to pages. */
  readonly pipe: string;
  readonly takesBytes: number;
}

export interface CountedCopy extends Copy {
  readonly reads: number;
  readonly writes: number;
}

const program = fileURLToPath(new URL('./run-copies.ts', import.meta.url));
const PATIENCE_MS = 20_000;

/**
 * Makes each copy and counts its calls.
 * @throws {NoEvidence} when the loop broke, or strace and the loop disagree
 */
export async function countCopies(
  copies: readonly Copy[],
  bench: Bench,
): Promise<{ readonly by: 'trace' | 'program'; readonly counted: readonly CountedCopy[] }> {
  const folder = realpathSync(bench.folder);
  const paths = copies.map(({ fileBytes }, at) => emptyFile(join(folder, `copied-${at}.bin`), fileBytes));
  const report = join(folder, 'copies.json');
  const orderFile = join(folder, 'copy-order.json');
  const order: CopyOrder = { copies: copies.map((copy, at) => ({ ...copy, path: paths[at] as string })), report };
  writeFileSync(orderFile, JSON.stringify(order));
  const calls = new Map<string, number>();
  const traced = canTrace();
  const begun = performance.now();
  const out = openSync(join(folder, 'output.txt'), 'w');
  const ended = await runProgram([program, orderFile], {
    out,
    hangs: () => performance.now() - begun > PATIENCE_MS,
    bench,
    traced,
    onCall: (call) => remember(calls, call),
  }).finally(() => closeSync(out));
  if (ended.code !== 0) throw new NoEvidence('The copying loop did not come to its end: nothing can be said about it');
  const reports = JSON.parse(readFileSync(report, 'utf8')) as CopyReport[];
  const counted = reports.map(({ reads, writes, pipe, takesBytes }, at): CountedCopy => {
    const seen = { reads: calls.get(`read ${paths[at]}`) ?? 0, writes: calls.get(`write ${pipe}`) ?? 0 };
    if (traced && (seen.reads !== reads || seen.writes !== writes))
      throw new NoEvidence(
        `Expected strace to count what the loop did, ${reads} reads and ${writes} writes: it counted ${seen.reads} and ${seen.writes}`,
      );
    return { ...(copies[at] as Copy), takesBytes, reads, writes };
  });
  return { by: traced ? 'trace' : 'program', counted };
}

/** A file of zeros: only how many bytes it has matters to a count. */
function emptyFile(path: string, bytes: number): string {
  const fd = openSync(path, 'w', 0o600);
  ftruncateSync(fd, bytes);
  closeSync(fd);
  return path;
}

function remember(calls: Map<string, number>, { name, args }: Call): void {
  const key = `${name} ${namedDescriptor(args[0])?.name ?? ''}`;
  calls.set(key, (calls.get(key) ?? 0) + 1);
}
