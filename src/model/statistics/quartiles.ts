/** Medians and quartiles of a series, put on one scale: per GiB of payload. */
import type { TimeSample } from '../result.ts';
import { type ClockMeasure, measureOf } from './measure.ts';

const GIB = 2 ** 30;

/** A median and the quartiles on either side of it, in the unit of the values. */
export interface Quartiles {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * Quartiles with linear interpolation between order statistics (Hyndman and Fan 1996, type 7: R's default).
 *
 * @throws {RangeError} when there are no values
 */
export function quartiles(values: readonly number[]): Quartiles {
  if (values.length === 0) throw new RangeError('Cannot take quartiles: expected at least one value, got none');
  const sorted = [...values].sort((a, b) => a - b);
  return { low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75) };
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

/** Nanoseconds per GiB of payload. */
export function nsPerGiB(samples: readonly TimeSample[], measure: ClockMeasure): Quartiles {
  return quartiles(samples.map((sample) => perGiB(measureOf(sample, measure), sample)));
}

/**
 * Medians of the calls per GiB by name; null when a sample's calls were not counted. A call that a sample lacks was
 * made 0 times.
 */
export function callsPerGiB(samples: readonly TimeSample[]): Record<string, number> | null {
  const counted = samples.flatMap((sample) => (sample.calls ? [{ bytes: sample.bytes, calls: sample.calls }] : []));
  if (counted.length === 0 || counted.length < samples.length) return null;
  const names = new Set(counted.flatMap(({ calls }) => Object.keys(calls)));
  return Object.fromEntries(
    [...names].map((name) => [name, quartiles(counted.map((one) => perGiB(one.calls[name] ?? 0, one))).median]),
  );
}

/** Median page faults of the sender per GiB, minor and major together. */
export function faultsPerGiB(samples: readonly TimeSample[]): number {
  return quartiles(samples.map((sample) => perGiB(sample.minorFaults + sample.majorFaults, sample))).median;
}

/** Median context switches of the sender per GiB, voluntary and involuntary together. */
export function switchesPerGiB(samples: readonly TimeSample[]): number {
  return quartiles(samples.map((sample) => perGiB(sample.voluntarySwitches + sample.involuntarySwitches, sample)))
    .median;
}

function perGiB(value: number, sample: { bytes: number }): number {
  return (value / sample.bytes) * GIB;
}
