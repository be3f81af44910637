/** A gain that was expected and is not there, with what the samples say around it. */
import { expectedCopies, paths } from '../paths/index.ts';
import type { TimeResult, TimeSample, TimeSeries } from '../result.ts';
import { type Comparison, compare } from '../statistics/compare.ts';
import { claimsDifference } from '../statistics/estimate.ts';
import { quartiles } from '../statistics/quartiles.ts';
import { baselinePair, pooledSamples } from '../statistics/series.ts';

export interface Situation {
  readonly result: TimeResult;
  readonly series: TimeSeries;
  readonly baseline: TimeSeries;
  readonly measure: 'totalCpuNs' | 'wallNs';
  /** `reversed`: it took surely more. `missing`: no difference could be seen. */
  readonly state: 'missing' | 'reversed';
  readonly comparison: Comparison;
  /** Share of the wall time in which each end had the CPU: medians. */
  readonly senderShare: number;
  readonly receiverShare: number;
}

/** A reason, and how well the evidence speaks for it: from 0, not at all, to 1, it alone explains it. */
export interface Reason {
  readonly code: string;
  readonly weight: number;
  /** Numbers for the sentence, by name. */
  readonly args: Readonly<Record<string, string | number>>;
}

/** Looks at one situation; null when nothing speaks for it. */
export type Explainer = (situation: Situation) => Reason | null;

/**
 * Gains that the path models promise and the samples do not show: fewer copies, and not less CPU; or less CPU, and not less
 * time. Nothing is said of series that cannot be compared, and nothing of time on a machine with one CPU.
 */
export function missingGains(result: TimeResult): Situation[] {
  return result.series.flatMap((series) => {
    const pair = baselinePair(result, series.factors);
    if (series.role !== 'variant' || !pair || !promisesGain(series.variant, result.baseline)) return [];
    const measures =
      result.environment.cpu.usable.length > 1 ? (['totalCpuNs', 'wallNs'] as const) : (['totalCpuNs'] as const);
    for (const measure of measures) {
      const comparison = compare(result, series, measure);
      if (comparison.state !== 'estimate') return [];
      if (claimsDifference(comparison) && comparison.ratio < 1) continue;
      const state = claimsDifference(comparison) ? 'reversed' : 'missing';
      const [senderShare, receiverShare] = [shareOf(series, 'senderCpuNs'), shareOf(series, 'receiverCpuNs')];
      const { baseline } = pair;
      return [{ result, series, baseline, measure, state, comparison, senderShare, receiverShare } as const];
    }
    return [];
  });
}

/** Whether the model of the variant's path has fewer copies at the sender than the baseline's. */
function promisesGain(variant: string, baseline: string): boolean {
  const [mine, theirs] = [copiesOf(variant), copiesOf(baseline)];
  return mine !== undefined && theirs !== undefined && mine < theirs;
}

function copiesOf(technique: string): number | undefined {
  // `write` is how labs call read + write whose reading is not measured.
  const path = paths.find((one) => one.technique === (technique === 'write' ? 'read-write' : technique));
  if (!path) return undefined;
  const { fileToUser, userToKernel } = expectedCopies(path, 'loopback');
  return fileToUser + userToKernel;
}

function shareOf(series: TimeSeries, end: 'senderCpuNs' | 'receiverCpuNs'): number {
  return quartiles(series.samples.map((sample) => sample[end] / sample.wallNs)).median;
}

/** Median of a number of a series; the baseline's two runs together. */
export function medianOf(result: TimeResult, series: TimeSeries, of: (sample: TimeSample) => number): number {
  return quartiles(pooledSamples(result, series).map(of)).median;
}
