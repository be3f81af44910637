/** Percentiles of latencies: values that were seen, never interpolated, and none without enough beyond it. */
import type { TimeSample } from '../result.ts';

/** Values that must lie beyond a percentile for it to be said: fewer, and one slow request more would move it. */
export const BEYOND = 10;

/** Shares that are said where there is enough beyond them, from the middle to the tail. */
export const shares = [0.5, 0.9, 0.99, 0.999, 0.9999] as const;

/**
 * The value that a share of all values do not exceed (nearest rank), or null with fewer than ten values beyond it.
 *
 * @param share between 0 and 1: 0.99 for the 99th percentile
 */
export function percentile(values: ArrayLike<number>, share: number): number | null {
  return percentileOfSorted(Float64Array.from(values).sort(), share);
}

function percentileOfSorted(sorted: Float64Array, share: number): number | null {
  // Rounded first: 0.9 × 1000 must not become rank 901 because 0.9 has no exact binary form.
  const rank = Math.ceil(Math.round(sorted.length * share * 1e6) / 1e6);
  if (rank < 1 || sorted.length - rank < BEYOND) return null;
  return sorted[rank - 1] ?? null;
}

/** Latencies of one series, pooled over its rounds. */
export interface Distribution {
  readonly requests: number;
  /** Those that can be said, ns. */
  readonly percentiles: readonly { readonly share: number; readonly ns: number }[];
  /** The slowest that was seen, ns: no statistic, but worth a look. */
  readonly slowestNs: number;
}

/** Pools the latencies of all samples; undefined when none has any. */
export function distribution(samples: readonly Pick<TimeSample, 'latenciesNs'>[]): Distribution | undefined {
  const sorted = Float64Array.from(samples.flatMap(({ latenciesNs }) => latenciesNs ?? [])).sort();
  const requests = sorted.length;
  if (requests === 0) return undefined;
  const percentiles = shares.flatMap((share) => {
    const ns = percentileOfSorted(sorted, share);
    return ns === null ? [] : [{ share, ns }];
  });
  return { requests, percentiles, slowestNs: sorted[requests - 1] as number };
}
