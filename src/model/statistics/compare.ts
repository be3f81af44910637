import type { Factors, TimeResult, TimeSeries } from '../result.ts';
import { type Confidence, type Estimate, estimateRatio, type TooFewRounds } from './estimate.ts';
import type { Measure, Per } from './measure.ts';
import { logRatios, repeatRatios } from './ratios.ts';
import { baselinePair } from './series.ts';

/** The baseline did not run with these factors, or ran only once a round. */
export interface NoBaseline {
  readonly state: 'no-baseline';
}

export type Comparison = Estimate | TooFewRounds | NoBaseline;

/** A series against the baseline with the same factors: below 1, the series took less. */
export function compare(
  result: TimeResult,
  series: TimeSeries,
  measure: Measure,
  confidence: Confidence = 0.95,
  per: Per = 'sample',
): Comparison {
  const pair = baselinePair(result, series.factors);
  if (!pair) return { state: 'no-baseline' };
  return estimateRatio(logRatios(series, pair.baseline, pair.repeat, measure, per), confidence);
}

/** The baseline against itself. Its ratio should be 1. */
export interface Noise extends Estimate {
  /** Half the width of the interval, as a share: 0.04 is ±4 %. */
  readonly halfWidth: number;
  /** A difference of about this share, 0.05 for 5 %, would be found in four of five such runs. */
  readonly smallestEffect: number;
}

/**
 * How far two runs of the very same thing lie apart on this machine, and so how small a difference can be seen today.
 */
export function noise(
  result: TimeResult,
  factors: Factors,
  measure: Measure,
  confidence: Confidence = 0.95,
  per: Per = 'sample',
): Noise | TooFewRounds | NoBaseline {
  const pair = baselinePair(result, factors);
  if (!pair) return { state: 'no-baseline' };
  const estimate = estimateRatio(repeatRatios(pair.baseline, pair.repeat, measure, per), confidence);
  if (estimate.state !== 'estimate') return estimate;
  const halfWidthLog = Math.log(estimate.high / estimate.low) / 2;
  return {
    ...estimate,
    halfWidth: Math.expm1(halfWidthLog),
    smallestEffect: Math.expm1(halfWidthLog * FOUND_IN_FOUR_OF_FIVE[confidence]),
  };
}

/**
 * Effect that a comparison with the noise of the baseline finds with probability 0.8, in half-widths of the baseline's
 * own interval. From a simulation with normal noise: 1.22 to 1.26 at 7 to 21 rounds for 95 %, 1.14 to 1.16 for 99 %.
 */
const FOUND_IN_FOUR_OF_FIVE: Record<Confidence, number> = { 0.95: 1.24, 0.99: 1.15 };
