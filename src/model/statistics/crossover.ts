/** Where along a factor the smaller one of two changes, and how sure that is. */
import type { Factors, TimeResult } from '../result.ts';
import { type Comparison, compare } from './compare.ts';
import { type Confidence, claimsDifference } from './estimate.ts';
import { type Along, seriesAlong } from './growth.ts';
import type { Measure } from './measure.ts';

/** `less`, `more`: the interval leaves out 1. `unsure`: it does not, or there is none. */
export type Side = 'less' | 'more' | 'unsure';

type Value = string | number;

export interface CrossoverPoint {
  readonly at: Value;
  readonly comparison: Comparison;
  readonly side: Side;
}

/** What the variant does against the baseline along the factor. */
export type Turn =
  /** Surely `from` up to the value `last`, and surely the other from `first` on; somewhere between them it changes. */
  | { readonly state: 'turns'; readonly from: 'less' | 'more'; readonly last: Value; readonly first: Value }
  /** Surely the same side wherever a side is sure, `from` and `to` being the ends of that; `unsure` has the others. */
  | {
      readonly state: 'one-side';
      readonly side: 'less' | 'more';
      readonly from: Value;
      readonly to: Value;
      readonly unsure: readonly Value[];
    }
  /** It changes more than once. */
  | { readonly state: 'several' }
  /** No side is sure anywhere. */
  | { readonly state: 'undecided' };

export interface Crossover {
  /** Numbers ascending; words in the order of the result. */
  readonly points: readonly CrossoverPoint[];
  readonly turn: Turn;
}

/** A variant against the baseline at each value of the factor, the other factors as given. */
export function crossover(
  result: TimeResult,
  variant: string,
  { measure, per, along }: Along,
  fixed?: Factors,
  confidence: Confidence = 0.95,
): Crossover {
  const series = seriesAlong(result, variant, along, fixed).filter(({ role }) => role !== 'repeat');
  const points = series
    .map((one): CrossoverPoint => {
      const comparison = compare(result, one as TimeResult['series'][number], measure as Measure, confidence, per);
      return { at: one.factors[along] as Value, comparison, side: sideOf(comparison) };
    })
    .sort((a, b) => (typeof a.at === 'number' && typeof b.at === 'number' ? a.at - b.at : 0));
  return { points, turn: turnOf(points) };
}

function sideOf(comparison: Comparison): Side {
  if (comparison.state !== 'estimate' || !claimsDifference(comparison)) return 'unsure';
  return comparison.ratio < 1 ? 'less' : 'more';
}

/** Reads the turn off the points, in their order. */
export function turnOf(points: readonly Pick<CrossoverPoint, 'at' | 'side'>[]): Turn {
  const sure = points.filter(({ side }) => side !== 'unsure');
  const [start] = sure;
  const end = sure.at(-1);
  if (!start || !end || start.side === 'unsure') return { state: 'undecided' };
  const changes = sure.flatMap((point, at) => (at > 0 && point.side !== sure[at - 1]?.side ? [at] : []));
  const [change] = changes;
  if (change === undefined) {
    const unsure = points.filter(({ side }) => side === 'unsure').map(({ at }) => at);
    return { state: 'one-side', side: start.side, from: start.at, to: end.at, unsure };
  }
  if (changes.length > 1) return { state: 'several' };
  return { state: 'turns', from: start.side, last: (sure[change - 1] ?? start).at, first: (sure[change] ?? end).at };
}
