/** How small a difference could be seen. */
import type { TimeResult } from '../result.ts';
import { noise } from '../statistics/compare.ts';
import type { Measure, Per } from '../statistics/measure.ts';
import type { NoiseCause } from '../statistics/noisiest.ts';
import { factorGroups } from '../statistics/series.ts';
import { formatDuration, formatPercent, formatSpread, percentNumber } from './units.ts';

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

/** Why noise is wide: a clause each. */
export function noiseCauseText(cause: NoiseCause): string {
  switch (cause.code) {
    case 'short':
      return `its samples are short (${formatDuration(cause.wallNs)}), so that starting and stopping weigh`;
    case 'stolen':
      return `the hypervisor gave ${formatPercent(cause.share)} of the CPU time to other machines meanwhile`;
    case 'few-rounds':
      return `it has ${cause.rounds} rounds, and few rounds make a wide interval`;
    case 'lone-rounds':
      return `a few rounds stand out: without ${cause.rounds} of its ${cause.of} it would be ${formatSpread(cause.halfWidth)}`;
    case 'spread':
      return `all its rounds vary: in half of them one run took ${formatPercent(cause.typical)} more than the other, or still more`;
  }
}
