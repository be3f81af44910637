/**
 * Per-round log ratios. Everything in a round ran within seconds of each other, so what drifts from round to round
 * (clock speed, neighbours, memory) drops out of the ratio.
 *
 * A hypervisor that gives a CPU to another machine for some milliseconds hits one sample of a round and not the others. Where
 * enough rounds are left without, those during which it did are left out: what is asked is how the variants compare on a
 * machine, not how busy its neighbours are.
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
  return inRounds(logsByRound(variant, measure, per), calmRounds([variant, baseline, repeat]), (log, round) => {
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
  return inRounds(logsByRound(repeat, measure, per), calmRounds([baseline, repeat]), (log, round) => {
    const one = first.get(round);
    return one === undefined ? undefined : log - one;
  });
}

/** Rounds that verdicts ask for: with 99 % intervals, nine. */
export const ROUNDS_NEEDED = 9;
/** Part of a sample's time from which on it is not as it would have been. */
const DISTURBED = 0.05;

/** The rounds that count: those during which the hypervisor took nothing, or all of them where these are too few. */
export function calmRounds(series: readonly TimeSeries[]): (round: number) => boolean {
  const samples = series.flatMap((one) => one.samples);
  const disturbed = new Set(
    samples.flatMap(({ stealNs = 0, wallNs, round }) => (stealNs > DISTURBED * wallNs ? round : [])),
  );
  const calm = new Set(samples.flatMap(({ round }) => (disturbed.has(round) ? [] : round)));
  return calm.size < ROUNDS_NEEDED ? () => true : (round) => calm.has(round);
}

function inRounds(
  logs: ReadonlyMap<number, number>,
  counts: (round: number) => boolean,
  ratio: (log: number, round: number) => number | undefined,
): number[] {
  return [...logs].flatMap(([round, log]) => (counts(round) ? (ratio(log, round) ?? []) : []));
}

function logsByRound({ samples }: TimeSeries, measure: Measure, per: Per): Map<number, number> {
  return new Map(
    samples.flatMap((sample): [number, number][] => {
      const value = amountOf(sample, measure, per);
      return value !== undefined && value > 0 ? [[sample.round, Math.log(value)]] : [];
    }),
  );
}
