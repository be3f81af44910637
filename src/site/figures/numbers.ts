/** A number for prose, out of a recorded result: the text, and where it comes from. Words and statistics are the model's. */
import type { Factors, TimeResult, TimeSeries } from '#model/result.ts';
import {
  type ClockMeasure,
  callsPerGiB,
  claimsDifference,
  compare,
  noise,
  nsPerGiB,
  pooledSamples,
  switchesPerGiB,
} from '#model/statistics.ts';
import { changeText, formatCount, formatDuration, formatSpread, intervalText } from '#model/words/index.ts';

/**
 * `change`: 42 % less · `interval`: between 39 and 45 % less · `per-gib`: 374 ms, the median for a GiB ·
 * `calls`, `switches`: system calls and context switches for a GiB · `noise`: ±4 %, the baseline against itself
 */
export type Form = 'change' | 'interval' | 'per-gib' | 'calls' | 'switches' | 'noise';

export interface Asked {
  readonly variant: string;
  /** As many factors as it takes to name one series. */
  readonly factors: Factors;
  readonly measure: ClockMeasure;
  readonly as: Form;
}

/** The number in words. @throws {RangeError} when the result does not have it: prose must not stand without its number */
export function sayNumber(result: TimeResult, { variant, factors, measure, as }: Asked): string {
  const series = findSeries(result, variant, factors);
  if (as === 'per-gib') return formatDuration(nsPerGiB(pooledSamples(result, series), measure).median);
  if (as === 'switches') return formatCount(switchesPerGiB(pooledSamples(result, series)));
  if (as === 'calls') {
    const calls = callsPerGiB(pooledSamples(result, series));
    if (!calls) throw new RangeError(`Cannot say the calls of '${variant}': they were not counted`);
    return formatCount(Object.values(calls).reduce((sum, count) => sum + count, 0));
  }
  if (as === 'noise') {
    const own = noise(result, series.factors, measure);
    if (own.state !== 'estimate') throw new RangeError(`Cannot say the noise of ${result.lab}: ${own.state}`);
    return formatSpread(own.halfWidth);
  }
  const comparison = compare(result, series, measure);
  if (comparison.state !== 'estimate') throw new RangeError(`Cannot compare '${variant}': ${comparison.state}`);
  if (as === 'interval') return intervalText(comparison);
  return claimsDifference(comparison) ? changeText(comparison.ratio) : 'no visible difference';
}

/** The one series of a variant that has these factors among its own. @throws {RangeError} for none, and for several */
export function findSeries(result: TimeResult, variant: string, factors: Factors): TimeSeries {
  const found = result.series.filter(
    (series) => series.variant === variant && series.role !== 'repeat' && includes(series.factors, factors),
  );
  const [one] = found;
  if (one && found.length === 1) return one;
  const asked = `'${variant}' with ${JSON.stringify(factors)}`;
  const have = result.series
    .filter(({ role }) => role !== 'repeat')
    .map((each) => `${each.variant} ${JSON.stringify(each.factors)}`);
  throw new RangeError(`Expected one series of ${asked} in ${result.lab}, got ${found.length} of: ${have.join(', ')}`);
}

function includes(all: Factors, some: Factors): boolean {
  return Object.entries(some).every(([name, value]) => all[name] === value);
}
