/** Judging by what a lab adds to its samples: medians of each number, by series. */
import type { CountSample } from '../../count-sample.ts';
import type { CountSeries, TimeSample, TimeSeries } from '../../result.ts';
import { quartiles } from '../../statistics/quartiles.ts';
import type { Finding, Quantity, Reason, Shown } from '../claim.ts';
import { notRun } from './look-up.ts';

type Series = CountSeries | TimeSeries;

/** A number to look at: what it is, the series, and its name among what the lab adds. */
export interface Asked<Name extends string = string> {
  readonly what: Quantity;
  readonly of: Series;
  readonly extra: Name;
}

/**
 * A finding by numbers that a lab added.
 * @param holds whether it does, by the median of each number in the order asked; or why nothing can be said
 */
export function judgeExtras(asked: readonly Asked[], holds: (...values: number[]) => boolean | Reason): Finding {
  const numbers: Shown[] = [];
  for (const { what, of, extra } of asked) {
    const values = (of.samples as readonly (CountSample | TimeSample)[]).map((sample) => sample.extra?.[extra]);
    if (values.some((value) => value === undefined)) return notRun('not-counted');
    const { bytes: _, ...factors } = of.factors;
    numbers.push({ what, variant: of.variant, factors, value: quartiles(values as number[]).median });
  }
  const held = holds(...numbers.map(({ value }) => value));
  if (typeof held === 'object') return notRun(held.code, held.args);
  return { state: held ? 'held' : 'not-held', numbers };
}
