/** One series: every cell checked and calibrated, then measured in rounds, both sides of a cell one after the other. */
import { randomFrom, shuffled } from '#measure/random.ts';
import type { InstrumentFamily, InstrumentSample } from '#model/instrument.ts';
import type { Cell } from './cells.ts';
import type { Side, Sides } from './sides.ts';

const bothSides: readonly Side[] = ['c', 'ours'];

/**
 * CPU time that a sample is made to take, ns. What a transfer costs our side once (some hundred microseconds: code that
 * is not warm yet) must not be taken for a cost of every operation: at 30 ms it was two thirds of what sendfile at 4 KiB
 * seemed to cost more.
 */
const SAMPLE_NS = 300e6;
/** Operations of the first try, and how much a try may grow. */
const FIRST_OPERATIONS = 16;
const GROWTH = 16;

export interface SeriesOptions {
  readonly cells: readonly Cell[];
  readonly rounds: number;
  readonly seed: number;
  /** What the transfers must deliver when the whole file is sent once. */
  readonly transferred: { readonly bytes: number; readonly sha256: string };
  progress(done: number, total: number, what: string): void;
}

/** Takes the samples. Cells come in an order that is drawn anew each round, and so do the two sides of each. */
export async function takeSeries(sides: Sides, options: SeriesOptions): Promise<InstrumentFamily[]> {
  const { cells, rounds, seed, progress } = options;
  const total = cells.length * (1 + rounds);
  const prepared: { cell: Cell; operations: number; samples: InstrumentSample[] }[] = [];
  for (const cell of cells) {
    progress(prepared.length, total, 'checking and calibrating');
    await check(sides, cell, options.transferred);
    prepared.push({ cell, operations: await calibrated(sides, cell), samples: [] });
  }
  const random = randomFrom(seed);
  let order = 0;
  for (let round = 0; round < rounds; round++) {
    for (const { cell, operations, samples } of shuffled(prepared, random)) {
      progress(cells.length + order / 2, total, 'measuring');
      for (const side of shuffled(bothSides, random)) {
        const { cpuNs } = await sides.run(cell, side, operations);
        samples.push({ round, order: order++, side, cpuNs, operations });
      }
    }
  }
  progress(total, total, 'done');
  return prepared.map(({ cell: { family, bytes, callsPerOperation }, samples }) => ({
    family,
    bytes,
    callsPerOperation,
    samples,
  }));
}

/** Both sides find the same, and the far end receives the file. */
async function check(sides: Sides, cell: Cell, transferred: SeriesOptions['transferred']): Promise<void> {
  const operations = cell.transfers ? transferred.bytes / cell.bytes : 1000;
  const [c, ours] = [await sides.run(cell, 'c', operations, true), await sides.run(cell, 'ours', operations, true)];
  const hashes = cell.transfers ? [transferred.sha256, transferred.sha256] : [null, null];
  if (c.answer === ours.answer && c.hash === hashes[0] && ours.hash === hashes[1]) return;
  const found = JSON.stringify({ c: [c.answer, c.hash], ours: [ours.answer, ours.hash], expected: hashes });
  throw new Error(`Cannot compare ${cell.family} at ${cell.bytes} bytes: the sides do not agree, ${found}`);
}

/** How many operations make a sample of the faster side long enough: both sides do as many. */
async function calibrated(sides: Sides, cell: Cell): Promise<number> {
  let operations = FIRST_OPERATIONS;
  for (;;) {
    const spent: number[] = [];
    for (const side of bothSides) spent.push((await sides.run(cell, side, operations)).cpuNs);
    const least = Math.min(...spent);
    if (least >= SAMPLE_NS * 0.9) return operations;
    operations = Math.ceil(operations * Math.min(GROWTH, (SAMPLE_NS * 1.1) / least));
  }
}
