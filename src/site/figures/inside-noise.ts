/** A difference beside the noise of its own run. */
import type { TimeResult, TimeSeries } from '#model/result.ts';
import { claimsDifference, compare, type Measure, noise, type Per } from '#model/statistics.ts';
import { formatSpread } from '#model/words/index.ts';

/**
 * The noise in words when a claimed difference is smaller than it: an interval can leave out 1 although the baseline's
 * own two runs lay further apart. Whoever shows the difference says this beside it. Null otherwise.
 */
export function insideNoise(
  result: TimeResult,
  series: TimeSeries,
  measure: Measure,
  per: Per = 'sample',
): string | null {
  const comparison = compare(result, series, measure, 0.95, per);
  const own = noise(result, series.factors, measure, 0.95, per);
  if (comparison.state !== 'estimate' || own.state !== 'estimate' || !claimsDifference(comparison)) return null;
  return Math.abs(Math.log(comparison.ratio)) < Math.log1p(own.halfWidth) ? formatSpread(own.halfWidth) : null;
}
