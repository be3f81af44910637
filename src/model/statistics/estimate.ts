import { signedRankCentre, valuesNeeded } from './signed-rank.ts';

/** 0.95 for a single comparison, 0.99 for verdicts over the whole catalogue. */
export type Confidence = 0.95 | 0.99;

/** A ratio (1: no difference) with its interval. */
export interface Estimate {
  readonly state: 'estimate';
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** What was asked for, and the exact confidence of this interval, which is at least that. */
  readonly confidence: Confidence;
  readonly achieved: number;
  /** Rounds that went into it. */
  readonly rounds: number;
}

/** No interval of this confidence exists with so few rounds. */
export interface TooFewRounds {
  readonly state: 'too-few-rounds';
  readonly rounds: number;
  readonly needed: number;
  readonly confidence: Confidence;
}

/** Turns per-round natural logs of ratios into a ratio with its exact signed-rank interval. */
export function estimateRatio(logs: readonly number[], confidence: Confidence): Estimate | TooFewRounds {
  const centre = signedRankCentre(logs, confidence);
  const rounds = logs.length;
  if (!centre) return { state: 'too-few-rounds', rounds, needed: valuesNeeded(confidence), confidence };
  return {
    state: 'estimate',
    ratio: Math.exp(centre.estimate),
    low: Math.exp(centre.low),
    high: Math.exp(centre.high),
    confidence,
    achieved: centre.achieved,
    rounds,
  };
}

/**
 * Whether the interval leaves out 1, that is, whether there is a difference to speak of. An end that lies on 1 does
 * not.
 */
export function claimsDifference(estimate: Pick<Estimate, 'low' | 'high'>): boolean {
  return estimate.high < 1 || estimate.low > 1;
}
