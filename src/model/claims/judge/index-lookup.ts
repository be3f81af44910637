/** Predicates over the lab index-lookup: lookups by a call for each step, and through a mapping. */
import type { TimeSeries } from '../../result.ts';
import { measureOf } from '../../statistics/measure.ts';
import { quartiles } from '../../statistics/quartiles.ts';
import type { Finding, Predicate, Shown } from '../claim.ts';
import { judging, notRun, type Wanted } from './look-up.ts';
import { every, judgeRatio, LESS } from './ratio.ts';

const at = (variant: string, lookups: string, index: 'warm' | 'cold'): Wanted => ({
  variant,
  factors: { lookups, index },
});
const cpu = { measure: 'totalCpuNs', band: LESS, what: 'total-cpu' } as const;

/** Anywhere in the index, a mapping finds what pread finds, without a single call and with less CPU. */
export const mappingFindsAnywhere: Predicate = judging(
  'time',
  () => ({ mapped: at('mmap', 'anywhere', 'warm'), called: at('pread', 'anywhere', 'warm') }),
  ({ mapped, called }, result) => every([withoutCalls(mapped, called), judgeRatio(result, { ...cpu, series: mapped })]),
);

/** For lookups anywhere and near the end, a mapping costs less CPU than pread. */
export const mappingLooksUpCheaper: Predicate = judging(
  'time',
  () => ({ anywhere: at('mmap', 'anywhere', 'warm'), end: at('mmap', 'near the end', 'warm') }),
  ({ anywhere, end }, result) => every([anywhere, end].map((series) => judgeRatio(result, { ...cpu, series }))),
);

/** In an index that is not in memory, a lookup through a mapping waits for the disk in a page fault; pread does not. */
export const lookupFaults: Predicate = judging(
  'time',
  () => ({ mapped: at('mmap', 'anywhere', 'cold'), called: at('pread', 'anywhere', 'cold') }),
  ({ mapped, called }) => {
    // In the middle of the rounds: in a single one the kernel may have read a page before it was touched.
    const middle = ({ samples }: TimeSeries) => quartiles(samples.map(({ majorFaults }) => majorFaults)).median;
    const numbers = [mapped, called].map((one) => shown('major-faults', one, middle(one)));
    return { state: middle(mapped) > 0 && middle(called) === 0 ? 'held' : 'not-held', numbers };
  },
);

function withoutCalls(mapped: TimeSeries, called: TimeSeries): Finding {
  const counts = [mapped, called].map(({ samples }) => samples.map((sample) => measureOf(sample, 'calls')));
  const [own, others] = counts as [(number | undefined)[], (number | undefined)[]];
  if ([...own, ...others].some((count) => count === undefined)) return notRun('not-counted');
  const spared = own.every((count) => count === 0) && others.every((count) => count !== 0);
  const numbers = [shown('calls', mapped, own[0] ?? 0), shown('calls', called, others[0] ?? 0)];
  return { state: spared ? 'held' : 'not-held', numbers };
}

function shown(what: Shown['what'], { variant, factors }: TimeSeries, value: number): Shown {
  return { what, variant, factors, value };
}
