/** Predicates over the lab mmap-read: what a mapping reaches, what it holds in memory, and what it takes in faults. */
import type { TimeSeries } from '../../result.ts';
import { amountOf, type Measure } from '../../statistics/measure.ts';
import { quartiles } from '../../statistics/quartiles.ts';
import type { Finding, Predicate, Quantity, Shown } from '../claim.ts';
import { judging, notRun, type Wanted } from './look-up.ts';

const at = (variant: string, scene: string): Wanted => ({ variant, factors: { scene } });

/** A mapping reaches the page cache, where others see what it writes, and an address of the kernel's own as well. */
export const reachesKernel: Predicate = judging(
  'time',
  () => ({ written: at('mmap', 'file written'), kernel: at('mmap', 'kernel') }),
  ({ written, kernel }) => {
    const [seen, reached] = [valuesOf(written, 'extra.seenBytes'), valuesOf(kernel, 'extra.kernelBytes')];
    if (!seen || !reached) return notRun('not-counted');
    const numbers = [shown('seen-bytes', written, seen), shown('kernel-bytes', kernel, reached)];
    return { state: [...seen, ...reached].every((bytes) => bytes > 0) ? 'held' : 'not-held', numbers };
  },
);

/**
 * A mapping of a file that is in memory takes more of the available memory than reading the file through one buffer: more
 * than a quarter of its size. Reading it into memory of the program's own must be seen to take that, or nothing is decided.
 */
export const takesMemory: Predicate = judging(
  'time',
  () => ({
    mapped: at('mmap', 'file in memory'),
    read: at('read', 'file in memory'),
    own: at('read-whole', 'file in memory'),
  }),
  ({ mapped, read, own }, { lab }): Finding => {
    const [more, control] = [sharesTaken(mapped, read), sharesTaken(own, read)];
    const resident = valuesOf(mapped, 'extra.residentBytes');
    const taken = valuesOf(mapped, 'extra.takenBytes');
    if (!more || !control || !resident || !taken) return notRun('not-counted');
    const numbers = [shown('resident-bytes', mapped, resident), shown('taken-bytes', mapped, taken)];
    if (control.low < SEEN) return { state: 'too-noisy', why: { code: 'memory-unclear', args: { lab } }, numbers };
    if (more.low > A_LOT) return { state: 'held', numbers };
    if (more.high < A_LOT) return { state: 'not-held', numbers };
    return { state: 'too-noisy', why: { code: 'memory-unclear', args: { lab } }, numbers };
  },
);

/** Looking through a mapping takes page faults where read takes fewer, and waits for the disk in them. */
export const takesFaults: Predicate = judging(
  'time',
  () => ({
    mapped: at('mmap', 'file in memory'),
    read: at('read', 'file in memory'),
    // Where the kernel reads ahead, one fault may bring everything: how many there are says nothing then.
    cold: at('mmap-random', 'file on disk'),
    coldRead: at('read', 'file on disk'),
  }),
  ({ mapped, read, cold, coldRead }) => {
    const more = exceeds(mapped, read, 'minorFaults') && exceeds(cold, coldRead, 'majorFaults');
    const numbers = [
      ...[mapped, read].map((one) => shown('minor-faults', one, valuesOf(one, 'minorFaults') ?? [])),
      ...[cold, coldRead].map((one) => shown('major-faults', one, valuesOf(one, 'majorFaults') ?? [])),
    ];
    return { state: more ? 'held' : 'not-held', numbers };
  },
);

/** Share of the file's size from which on memory counts as used, and that the control must show. */
const A_LOT = 0.25;
const SEEN = 0.5;

/** Quartiles of what the one took more than the other in the same round, as a share of the file. */
function sharesTaken(one: TimeSeries, other: TimeSeries) {
  const [ones, others] = [valuesOf(one, 'extra.takenBytes'), valuesOf(other, 'extra.takenBytes')];
  if (!ones || !others) return undefined;
  return quartiles(ones.map((bytes, round) => (bytes - (others[round] ?? 0)) / (one.samples[round]?.bytes ?? 1)));
}

/** In the middle of the rounds: in a single one the kernel may have read a page before it was touched. */
function exceeds(one: TimeSeries, other: TimeSeries, measure: Measure): boolean {
  const [ones, others] = [valuesOf(one, measure), valuesOf(other, measure)];
  return ones !== undefined && others !== undefined && quartiles(ones).median > quartiles(others).median;
}

/** The measure of every sample; undefined when one lacks it. */
function valuesOf({ samples }: TimeSeries, measure: Measure): readonly number[] | undefined {
  const values = samples.flatMap((sample) => amountOf(sample, measure, 'sample') ?? []);
  return values.length === samples.length && values.length > 0 ? values : undefined;
}

function shown(what: Quantity, { variant, factors }: TimeSeries, values: readonly number[]): Shown {
  return { what, variant, factors, value: quartiles(values).median };
}
