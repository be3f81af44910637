import type { Factors, TimeResult, Warning } from '../result.ts';
import { type Noise, noise } from './compare.ts';
import { claimsDifference } from './estimate.ts';
import type { Measure, Per } from './measure.ts';
import { factorGroups, varyingFactors } from './series.ts';

/**
 * The baseline against itself, when its 99 % interval leaves out 1: the two runs of a round were not alike, so no
 * comparison with these factors can be trusted. Undefined when they were alike, and with fewer than the eight rounds
 * such an interval needs.
 */
export function baselineDifference(
  result: TimeResult,
  factors: Factors,
  measure: Measure,
  per: Per = 'sample',
): Noise | undefined {
  const own = noise(result, factors, measure, 0.99, per);
  return own.state === 'estimate' && claimsDifference(own) ? own : undefined;
}

/**
 * A `baseline-differs` warning for each group of the result that needs one; reports derive them, so that none is
 * missed.
 */
export function healthWarnings(result: TimeResult, measure: Measure, per: Per = 'sample'): Warning[] {
  const groups = factorGroups(result);
  const told = new Set(['link', ...varyingFactors(groups)]);
  return groups.flatMap((factors) => {
    const own = baselineDifference(result, factors, measure, per);
    const where = Object.fromEntries(Object.entries(factors).filter(([name]) => told.has(name)));
    return own ? [{ code: 'baseline-differs', args: { ...where, ratio: own.ratio } }] : [];
  });
}
