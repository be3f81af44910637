/**
 * Per-round log ratios. Everything in a round ran within seconds of each other, so what drifts from round to round
 * (clock speed, neighbours, memory) drops out of the ratio.
 *
 * The nanoseconds are taken as they stand and not divided by the bytes moved: a run in which one series was made to
 * move more bytes on purpose must show up as a difference.
 */
import type { TimeSeries } from '../result.ts';
import { type Measure, measureOf } from './measure.ts';

/**
 * Natural logs of the variant to the geometric mean of the round's two baseline samples, by round. A round that lacks
 * one of the three, or in which one of them is 0 and so has no log, is left out.
 */
export function logRatios(variant: TimeSeries, baseline: TimeSeries, repeat: TimeSeries, measure: Measure): number[] {
  const first = logsByRound(baseline, measure);
  const second = logsByRound(repeat, measure);
  return inRounds(variant, measure, (log, round) => {
    const [one, other] = [first.get(round), second.get(round)];
    return one === undefined || other === undefined ? undefined : log - (one + other) / 2;
  });
}

/** Natural logs of the repeat to the baseline, by round: 0 in every round on a machine without noise. */
export function repeatRatios(baseline: TimeSeries, repeat: TimeSeries, measure: Measure): number[] {
  const first = logsByRound(baseline, measure);
  return inRounds(repeat, measure, (log, round) => {
    const one = first.get(round);
    return one === undefined ? undefined : log - one;
  });
}

function inRounds(
  series: TimeSeries,
  measure: Measure,
  ratio: (log: number, round: number) => number | undefined,
): number[] {
  return [...logsByRound(series, measure)].flatMap(([round, log]) => ratio(log, round) ?? []);
}

function logsByRound(series: TimeSeries, measure: Measure): Map<number, number> {
  const positive = series.samples.filter((sample) => measureOf(sample, measure) > 0);
  return new Map(positive.map((sample) => [sample.round, Math.log(measureOf(sample, measure))]));
}
