import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProveStatistics } from '#model/prove.ts';
import { claimsDifference, compare } from '#model/statistics.ts';
import { timeResult } from '../fixtures/results.ts';
import { runSeries } from './run-series.ts';
import { amount, plantedBytes } from './same-lab.ts';
import { runFrom } from './statistics.ts';

describe('a tenth of npm run prove:statistics, with small transfers', () => {
  let series: ReturnType<typeof runSeries>;
  let result: ProveStatistics;
  beforeAll(() => {
    series = runSeries('statistics', ['--share', '0.1', '--small']);
    if (series.status === 0) result = series.result as ProveStatistics;
  }, 240_000);
  afterAll(() => series.remove());

  it('finishes, and says what it found', () => {
    expect({ status: series.status, stderr: series.stderr }).toMatchObject({ status: 0 });
    expect(series.stderr).toMatch(
      /Of 20 runs of the same against the same, \d+ claimed a difference; of 4 with 10 % more bytes planted, \d found it\.\n$/,
    );
    expect(result).toMatchObject({ kind: 'prove-statistics', share: 0.1, small: true, seed: 20_260_823 });
  });

  it('has 20 runs of the same and 4 with a plant, mixed, each with a seed of its own', () => {
    const variants = result.runs.map(({ variant }) => variant);
    expect(variants.filter((variant) => variant === 'same')).toHaveLength(20);
    expect(variants.filter((variant) => variant === 'planted')).toHaveLength(4);
    expect(variants.lastIndexOf('same')).toBeGreaterThan(variants.indexOf('planted'));
    expect(new Set(result.runs.map(({ seed }) => seed)).size).toBe(24);
  });

  it('moved as many bytes as were planned, and 10 % more where that was planted', () => {
    const { bytes } = result.parameters;
    for (const run of result.runs) {
      const variant = run.variant === 'planted' ? bytes + plantedBytes(bytes) : bytes;
      expect(run.bytes).toEqual({ baseline: bytes, repeat: bytes, variant });
    }
  });

  it('has an estimate from all rounds of every run', () => {
    for (const { totalCpuNs, ratio, low, high } of result.runs) {
      for (const values of Object.values(totalCpuNs)) {
        expect(values).toHaveLength(amount.rounds);
        for (const value of values) expect(value).toBeGreaterThan(0);
      }
      expect(low).toBeGreaterThan(0);
      expect(low).toBeLessThanOrEqual(ratio);
      expect(high).toBeGreaterThanOrEqual(ratio);
    }
  });

  it('does not claim a difference in most of the 20 runs of the same', () => {
    // The three samples of a round are alike and in random order, so a run claims a difference with probability 0.05,
    // and below 0.1 with the most lopsided noise (tried: 0.08 with Pareto noise). More than 10 of 20 have then a
    // probability of 7e-7: the sum of C(20, k) 0.1^k 0.9^(20-k) from 11 on.
    expect(result.runs.filter((run) => run.variant === 'same' && claimsDifference(run)).length).toBeLessThanOrEqual(10);
  });

  it('does not record over a series that was recorded', () => {
    const { status, stderr } = series.again();
    expect(status).toBe(2);
    expect(stderr).toMatch(/^zc: Cannot record to '.*result\.json': it exists already/);
  });
});

describe('runFrom()', () => {
  const result = timeResult({ variants: ['read-write', 'sendfile'], rounds: 7, seed: 5 });
  const variant = result.series.find(({ role }) => role === 'variant');

  it('keeps the values by round, whatever the order in which they were taken, and the estimate that they give', () => {
    const turned = { ...result, series: result.series.map((one) => ({ ...one, samples: [...one.samples].reverse() })) };
    const run = runFrom(turned, 'same', 3);
    const total = variant?.samples.map((sample) => sample.senderCpuNs + sample.receiverCpuNs);
    expect(run.totalCpuNs.variant).toEqual(total);
    expect(run).toMatchObject({ order: 3, seed: 5, variant: 'same' });
    const estimate = variant && compare(result, variant, 'totalCpuNs', 0.95);
    expect(estimate).toMatchObject({ ratio: run.ratio, low: run.low, high: run.high });
  });

  it('refuses a run with too few rounds for an interval', () => {
    const short = timeResult({ variants: ['read-write', 'sendfile'], rounds: 5 });
    expect(() => runFrom(short, 'same', 0)).toThrow('Cannot judge run 0: too-few-rounds');
  });
});
