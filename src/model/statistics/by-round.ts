import type { TimeSample, TimeSeries } from '../result.ts';

/**
 * A number for each round in which all of the series have a sample.
 * @param value of the round's samples, in the order of the series; undefined where one lacks what is asked for
 */
export function byRound(
  series: readonly TimeSeries[],
  value: (samples: readonly TimeSample[]) => number | undefined,
): number[] {
  const [first, ...others] = series.map(({ samples }) => new Map(samples.map((sample) => [sample.round, sample])));
  return [...(first ?? [])].flatMap(([round, sample]) => {
    const rest = others.map((one) => one.get(round));
    if (rest.some((one) => one === undefined)) return [];
    return value([sample, ...(rest as TimeSample[])]) ?? [];
  });
}
