/**
 * Per-round log ratios. Everything in a round ran within seconds of each other, so what drifts from round to round
 * (clock speed, neighbours, memory) drops out of the ratio.
 *
 * Numbers are taken as they stand, unless the caller says per what: a run in which one series was made to move more bytes
 * on purpose must show up as a difference.
 */
import type { TimeSeries } from '../result.ts';
import { amountOf, type Measure, type Per } from './measure.ts';

/**
 * Natural logs of the variant to the geometric mean of the round's two baseline samples, by round. A round that lacks
 * one of the three, or in which one of them is 0 and so has no log, is left out.
 */
export function logRatios(
  variant: TimeSeries,
  baseline: TimeSeries,
  repeat: TimeSeries,
  measure: Measure,
  per: Per = 'sample',
): number[] {
  const first = logsByRound(baseline, measure, per);
  const second = logsByRound(repeat, measure, per);
  return inRounds(logsByRound(variant, measure, per), (log, round) => {
    const [one, other] = [first.get(round), second.get(round)];
    return one === undefined || other === undefined ? undefined : log - (one + other) / 2;
  });
}

/** Natural logs of the repeat to the baseline, by round: 0 in every round on a machine without noise. */
export function repeatRatios(
  baseline: TimeSeries,
  repeat: TimeSeries,
  measure: Measure,
  per: Per = 'sample',
): number[] {
  const first = logsByRound(baseline, measure, per);
  return inRounds(logsByRound(repeat, measure, per), (log, round) => {
    const one = first.get(round);
    return one === undefined ? undefined : log - one;
  });
}

function inRounds(
  logs: ReadonlyMap<number, number>,
  ratio: (log: number, round: number) => number | undefined,
): number[] {
  return [...logs].flatMap(([round, log]) => ratio(log, round) ?? []);
}

function logsByRound({ samples }: TimeSeries, measure: Measure, per: Per): Map<number, number> {
  return new Map(
    samples.flatMap((sample): [number, number][] => {
      const value = amountOf(sample, measure, per);
      return value !== undefined && value > 0 ? [[sample.round, Math.log(value)]] : [];
    }),
  );
}
