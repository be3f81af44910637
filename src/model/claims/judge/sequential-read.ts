/** Predicates over the lab sequential-read: order and the page cache, with a file that is on the disk. */
import type { TimeSeries } from '../../result.ts';
import { measureOf } from '../../statistics/measure.ts';
import type { Finding, Predicate, Quantity, Shown } from '../claim.ts';
import { judging, notRun, type Wanted } from './look-up.ts';
import { judgeRatio, LESS, MORE } from './ratio.ts';

const at = (variant: string, does: string): Wanted => ({ variant, factors: { does } });

/** Read from the disk by 4 KiB, a file takes longer at random than in order. Beside it: the same past the page cache. */
export const orderIsFast: Predicate = judging(
  'time',
  () => ({
    random: at('random', 'reading'),
    direct: at('direct-random', 'reading'),
    directInOrder: at('direct-sequential', 'reading'),
  }),
  ({ random, direct, directInOrder }, result) => {
    const time = { measure: 'wallNs', what: 'wall-time' } as const;
    const decided = judgeRatio(result, { ...time, series: random, band: MORE });
    const beside = judgeRatio(result, { ...time, series: direct, than: directInOrder, band: LESS });
    if (!('numbers' in decided) || !('numbers' in beside)) return decided;
    return { ...decided, numbers: [...decided.numbers, ...beside.numbers] };
  },
);

/** Sent from the disk by sendfile, a file never comes into memory. */
export const straightFromDisk: Predicate = judging(
  'time',
  () => ({ sendfile: at('sendfile', 'sending') }),
  ({ sendfile }) => judgeBytes([[sendfile, 'cachedBytes', 'cached-bytes', (cached) => cached === 0]]),
);

/** What is written lies dirty in memory until it is synced; then it is on the disk, and still in memory. */
export const dirtyUntilSynced: Predicate = judging(
  'time',
  () => ({ written: at('sequential', 'writing') }),
  ({ written }) =>
    judgeBytes([
      [written, 'dirtyBytes', 'dirty-bytes', (dirty, all) => dirty >= NEARLY_ALL * all],
      [written, 'leftDirtyBytes', 'left-dirty-bytes', (left) => left === 0],
      [written, 'cachedBytes', 'cached-bytes', (cached, all) => cached >= NEARLY_ALL * all],
    ]),
);

/** The kernel may write back a page of its own accord, or take one away, at any moment. */
const NEARLY_ALL = 0.9;

type Look = readonly [TimeSeries, name: string, what: Quantity, holds: (bytes: number, all: number) => boolean];

/** Every sample must agree, with each look. */
function judgeBytes(looks: readonly Look[]): Finding {
  const numbers: Shown[] = [];
  let held = true;
  for (const [{ variant, factors, samples }, name, what, holds] of looks) {
    const values = samples.flatMap((sample) => measureOf(sample, `extra.${name}`) ?? []);
    if (values.length < samples.length || values.length === 0) return notRun('not-counted');
    held &&= samples.every(({ bytes }, round) => holds(values[round] as number, bytes));
    numbers.push({ what, variant, factors, value: values[0] as number });
  }
  return { state: held ? 'held' : 'not-held', numbers };
}
