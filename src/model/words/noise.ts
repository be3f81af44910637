/** How small a difference could be seen. */
import type { TimeResult } from '../result.ts';
import { noise } from '../statistics/compare.ts';
import type { Measure, Per } from '../statistics/measure.ts';
import { factorGroups } from '../statistics/series.ts';
import { formatPercent, formatSpread, percentNumber } from './units.ts';

/** `±4 %`, or `±2 to 4 %` where the settings differ. */
export function noiseText(result: TimeResult, measure: Measure, per: Per = 'sample'): string {
  const widths = factorGroups(result).flatMap((factors) => {
    const own = noise(result, factors, measure, 0.95, per);
    return own.state === 'estimate' ? [own.halfWidth] : [];
  });
  if (widths.length === 0) return 'not known, too few rounds';
  const [least, most] = [Math.min(...widths), Math.max(...widths)];
  return percentNumber(least) === percentNumber(most)
    ? formatSpread(most)
    : `±${percentNumber(least)} to ${formatPercent(most)}`;
}
