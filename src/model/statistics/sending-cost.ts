/**
 * What one more answer costs its sender, out of times for several sizes: so much for each answer, and so much for each byte.
 * Two numbers cannot know at what size a cache overflows; `heldOut` says how far they are off at a size they were not told.
 */
import type { Factors, TimeResult } from '../result.ts';
import { amountOf } from './measure.ts';
import { quartiles } from './quartiles.ts';
import { pooledSamples } from './series.ts';

/** CPU time of the sender for one answer of a size. */
export interface CostPoint {
  readonly bytes: number;
  readonly ns: number;
}

export interface SendingCost {
  /** For each answer, however long. */
  readonly answerNs: number;
  readonly byteNs: number;
}

/** A size that the fit was not told. */
export interface HeldOut extends CostPoint {
  readonly predictedNs: number;
  /** 0.2: predicted a fifth too dear. */
  readonly error: number;
}

/** The medians of a variant by the factor `bytes`, ascending. @param where the other factors */
export function costPoints(result: TimeResult, variant: string, where: Factors): CostPoint[] {
  const series = result.series.filter(
    (one) =>
      one.variant === variant &&
      one.role !== 'repeat' &&
      Object.entries(where).every(([name, value]) => one.factors[name] === value),
  );
  return series
    .flatMap((one): CostPoint[] => {
      const values = pooledSamples(result, one).flatMap((sample) => amountOf(sample, 'senderCpuNs', 'operation') ?? []);
      const { bytes } = one.factors;
      return typeof bytes === 'number' && values.length > 0 ? [{ bytes, ns: quartiles(values).median }] : [];
    })
    .sort((a, b) => a.bytes - b.bytes);
}

/**
 * The line through the points whose relative errors have the smallest squares: a size of 4 KiB weighs as much as one of 1 MiB.
 *
 * @throws {RangeError} with fewer than two sizes
 */
export function fitCost(points: readonly CostPoint[]): SendingCost {
  const sums = { one: 0, x: 0, xx: 0, y: 0, xy: 0 };
  for (const { bytes, ns } of points) {
    const [one, x] = [1 / ns, bytes / ns];
    sums.one += one * one;
    sums.x += one * x;
    sums.xx += x * x;
    sums.y += one;
    sums.xy += x;
  }
  const determinant = sums.one * sums.xx - sums.x * sums.x;
  if (new Set(points.map(({ bytes }) => bytes)).size < 2 || !(determinant > 0))
    throw new RangeError(`Cannot fit what sending costs: expected two sizes or more, found ${points.length}`);
  const answerNs = (sums.y * sums.xx - sums.x * sums.xy) / determinant;
  const byteNs = (sums.one * sums.xy - sums.x * sums.y) / determinant;
  return { answerNs: Math.max(0, answerNs), byteNs: Math.max(0, byteNs) };
}

/** Each size between the smallest and the largest, predicted from all others. */
export function heldOut(points: readonly CostPoint[]): HeldOut[] {
  return points.slice(1, -1).map((point) => {
    const predictedNs = costOf(fitCost(points.filter((one) => one !== point)), point.bytes);
    return { ...point, predictedNs, error: predictedNs / point.ns - 1 };
  });
}

/** Nanoseconds for one answer. */
export function costOf({ answerNs, byteNs }: SendingCost, bytes: number): number {
  return answerNs + byteNs * bytes;
}
