/** What one more of something costs: a value for each number of them, and the slope of the line through these. */
import type { CountSeries, Factors, LabResult, ProofSeries, TimeSeries } from '../result.ts';
import { amountOf, type Measure, type Per, type Sample } from './measure.ts';
import { type Quartiles, quartiles } from './quartiles.ts';
import { otherFactors, sameFactors } from './series.ts';
import { type Centre, signedRankCentre } from './signed-rank.ts';

/** What is followed along which factor. */
export interface Along {
  readonly measure: string;
  readonly per: Per;
  readonly along: string;
}

export interface GrowthPoint extends Quartiles {
  /** The factor's value: how many consumers, say. */
  readonly at: number;
  readonly samples: number;
}

export interface Growth {
  /** Ascending. */
  readonly points: readonly GrowthPoint[];
  /** By how much the value rises with each unit of the factor; null with fewer than two values of it. */
  readonly slope: number | null;
  /** Interval of the slope, of 95 %, from one slope a round; null with too few rounds. */
  readonly interval: Pick<Centre, 'low' | 'high'> | null;
}

/**
 * A variant along a factor, with the other factors as given.
 *
 * The slope of each round is Theil and Sen's (Sen 1968, J. Am. Stat. Assoc. 63: 1379): the median over all pairs of
 * points. The centre of the rounds' slopes has the exact signed-rank interval, as every comparison here.
 */
export function growth(result: LabResult, variant: string, { measure, per, along }: Along, fixed?: Factors): Growth {
  const mine = seriesAlong(result, variant, along, fixed);
  const values = new Map<number, { round: number; value: number }[]>();
  for (const series of mine) {
    const at = Number(series.factors[along]);
    const own = (series.samples as readonly Sample[]).flatMap((sample) => {
      const value = amountOf(sample, measure as Measure, per);
      return value === undefined ? [] : [{ round: sample.round, value }];
    });
    if (Number.isFinite(at) && own.length > 0) values.set(at, [...(values.get(at) ?? []), ...own]);
  }
  const points = [...values]
    .map(([at, own]): GrowthPoint => ({ at, samples: own.length, ...quartiles(own.map(({ value }) => value)) }))
    .sort((a, b) => a.at - b.at);
  const slopes = roundSlopes(values);
  const centre = signedRankCentre(slopes, 0.95);
  if (centre) return { points, slope: centre.estimate, interval: { low: centre.low, high: centre.high } };
  return { points, slope: slopeOf(points.map(({ at, median }) => [at, median])), interval: null };
}

/** Whether the interval of the slope leaves out 0: then it rises, or falls. */
export function grows({ interval }: Growth): 'rises' | 'falls' | 'flat' | 'unknown' {
  if (!interval) return 'unknown';
  if (interval.low > 0) return 'rises';
  return interval.high < 0 ? 'falls' : 'flat';
}

/** All series of a variant with these other factors, the baseline's repeat among them. */
export function seriesAlong(result: LabResult, variant: string, along: string, fixed: Factors = {}) {
  const all: readonly (TimeSeries | CountSeries | ProofSeries)[] = result.series;
  return all.filter(
    ({ variant: name, factors }) =>
      name === variant && Object.hasOwn(factors, along) && sameFactors(otherFactors(factors, along), fixed),
  );
}

/** The slope of each round that has at least two values of the factor. Two samples of one value are taken as their mean. */
function roundSlopes(values: ReadonlyMap<number, readonly { round: number; value: number }[]>): number[] {
  const rounds = new Set([...values.values()].flat().map(({ round }) => round));
  return [...rounds].flatMap((round) => {
    const line = [...values].flatMap(([at, all]): [number, number][] => {
      const own = all.filter((one) => one.round === round).map(({ value }) => value);
      return own.length === 0 ? [] : [[at, own.reduce((sum, one) => sum + one, 0) / own.length]];
    });
    return slopeOf(line) ?? [];
  });
}

/** The median of the slopes between all pairs of points; null with fewer than two places. */
export function slopeOf(line: readonly (readonly [number, number])[]): number | null {
  const slopes = line.flatMap(([x, y], at) =>
    line.slice(at + 1).flatMap(([otherX, otherY]) => (otherX === x ? [] : [(otherY - y) / (otherX - x)])),
  );
  return slopes.length === 0 ? null : quartiles(slopes).median;
}
