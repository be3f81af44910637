/** Counts what each technique of a situation costs on this machine. */
import { closeSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { referencedBytes, type Tally } from '#model/tally.ts';
import { type Bench, ownFolder } from '../bench.ts';
import { NoEvidence, runProgram } from '../run-program.ts';
import { canTrace } from '../tracing.ts';

/**
 * What is counted. `calls` of the technique, minor `faults`, `memory` that it takes (bytes), bytes that go as `references`
 * to pages, and bytes that an `overwrite` of the file changes after the call has returned.
 */
export const quantities = ['calls', 'faults', 'memory', 'references', 'overwrite'] as const;
export type Quantity = (typeof quantities)[number];

export interface Counted extends Readonly<Record<Quantity, number>> {
  readonly situation: string;
  readonly technique: string;
}

/** What run-candidates.ts is told. */
export interface CandidateOrder {
  readonly situations: readonly string[];
  readonly folder: string;
  readonly report: string;
}

/** What it says of one candidate: all but what a trace knows. */
export type CandidateReport = Omit<Counted, 'references'>;

const program = fileURLToPath(new URL('./run-candidates.ts', import.meta.url));
const PATIENCE_MS = 20_000;

/**
 * Counts every technique of these situations. Where nothing may be traced, the overwrite test stands in for the references:
 * a byte that changes with the file is one.
 * @throws {NoEvidence} when a technique did not come to its end
 */
export async function countCandidates(situations: readonly string[], bench: Bench): Promise<readonly Counted[]> {
  using own = ownFolder(bench);
  const folder = realpathSync(own.path);
  const { reports } = await runCandidates(folder, situations, bench, false);
  // Tracing costs each call a tenth of a millisecond: only what sends is run once more for it.
  const sending = situations.filter((one) =>
    reports.some(({ situation, overwrite }) => situation === one && overwrite > 0),
  );
  const tally = canTrace() && sending.length > 0 ? (await runCandidates(folder, sending, bench, true)).tally : null;
  return reports.map((one) => ({
    ...one,
    references: tally ? referencesOf(tally, fileOf(folder, one.situation, one.technique)) : one.overwrite,
  }));
}

async function runCandidates(folder: string, situations: readonly string[], bench: Bench, traced: boolean) {
  const report = join(folder, 'candidates.json');
  const orderFile = join(folder, 'order.json');
  writeFileSync(orderFile, JSON.stringify({ situations, folder, report } satisfies CandidateOrder));
  const begun = performance.now();
  const out = openSync(join(folder, 'output.txt'), 'w');
  const { code, tally } = await runProgram([program, orderFile], {
    out,
    hangs: () => performance.now() - begun > PATIENCE_MS,
    bench,
    traced,
  }).finally(() => closeSync(out));
  if (code !== 0) throw new NoEvidence('A technique did not come to its end: nothing can be counted of it');
  return { reports: JSON.parse(readFileSync(report, 'utf8')) as CandidateReport[], tally };
}

/** The file that a candidate is tried on; several files have this name and an ending. */
export function fileOf(folder: string, situation: string, technique: string): string {
  return join(folder, `${situation}-${technique}`);
}

/** Bytes of a candidate's files that went by reference: it ran twice. */
function referencesOf(tally: Tally, path: string): number {
  const flows = tally.flows.filter(
    ({ file }) => file === path || (/^\.\d+$/.test(file.slice(path.length)) && file.startsWith(path)),
  );
  return flows.reduce((sum, flow) => sum + referencedBytes(flow), 0) / 2;
}
