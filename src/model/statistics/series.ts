import type { Factors, LabResult, TimeResult, TimeSample, TimeSeries } from '../result.ts';

/**
 * Whether two series were run with the same link, chunk and whatever else was set; the order of names does not count.
 */
export function sameFactors(a: Factors, b: Factors): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}

/**
 * The series of a variant with exactly these factors; for the baseline its first run of each round, never the repeat.
 */
export function seriesOf<R extends LabResult>(
  result: R,
  variant: string,
  factors: Factors,
): R['series'][number] | undefined {
  const series: readonly R['series'][number][] = result.series;
  return series.find((one) => one.variant === variant && one.role !== 'repeat' && sameFactors(one.factors, factors));
}

/** The distinct factors of a result, in the order in which its series stand. */
export function factorGroups(result: LabResult): Factors[] {
  const groups: Factors[] = [];
  for (const { factors } of result.series) {
    if (!groups.some((group) => sameFactors(group, factors))) groups.push(factors);
  }
  return groups;
}

/** Names of the factors in which the groups differ: the others need not be said of each. */
export function varyingFactors(groups: readonly Factors[]): string[] {
  const names = new Set(groups.flatMap((group) => Object.keys(group)));
  return [...names].filter((name) => new Set(groups.map((group) => group[name])).size > 1);
}

/** The factors without one of them. */
export function otherFactors(factors: Factors, without: string): Factors {
  return Object.fromEntries(Object.entries(factors).filter(([name]) => name !== without));
}

/** The distinct other factors of all series that have this one: a line or a sweep each. */
export function groupsAlong(result: LabResult, along: string): Factors[] {
  const groups: Factors[] = [];
  for (const { factors } of result.series) {
    const others = otherFactors(factors, along);
    if (Object.hasOwn(factors, along) && !groups.some((group) => sameFactors(group, others))) groups.push(others);
  }
  return groups;
}

/** The baseline's two series with these factors; undefined when one of them is missing. */
export function baselinePair(
  result: TimeResult,
  factors: Factors,
): { baseline: TimeSeries; repeat: TimeSeries } | undefined {
  const of = (role: TimeSeries['role']) =>
    result.series.find((one) => one.role === role && sameFactors(one.factors, factors));
  const [baseline, repeat] = [of('baseline'), of('repeat')];
  return baseline && repeat && { baseline, repeat };
}

/** Samples to summarise a series by. The baseline's two runs are the same thing, so they are taken together. */
export function pooledSamples(result: TimeResult, series: TimeSeries): readonly TimeSample[] {
  if (series.role !== 'baseline') return series.samples;
  const pair = baselinePair(result, series.factors);
  return pair ? [...series.samples, ...pair.repeat.samples] : series.samples;
}
