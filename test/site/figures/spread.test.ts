import { describe, expect, test } from 'vitest';
import { drawSpread } from '#site/figures/spread.ts';
import { distributionEntry, distributionResult } from '../../fixtures/results.ts';

describe('drawSpread()', () => {
  const chart = drawSpread(distributionResult(), distributionEntry);

  test('has warm and cold on one axis', () => {
    expect(chart.groups.map(({ title }) => title)).toEqual(['warm pages', 'cold pages']);
    const [warm, cold] = chart.groups.map(({ rows }) => rows[0]?.dots[0]?.at ?? 0);
    expect(warm).toBeLessThan(cold ?? 0);
  });

  test('places the middle before the tail, inside the plot', () => {
    for (const { dots } of chart.groups.flatMap(({ rows }) => rows)) {
      expect(dots.map(({ share }) => share)).toEqual([0.5, 0.9, 0.99]);
      expect(dots.map(({ at }) => at)).toEqual(dots.map(({ at }) => at).sort((a, b) => a - b));
      expect(dots.every(({ at }) => at > 0 && at < 100)).toBe(true);
    }
  });

  test('says the middle and the tail beside each row', () => {
    expect(chart.groups[0]?.rows[0]?.amount).toMatch(/^50 % [\d.]+ µs, 99 % [\d.]+ ms$/);
  });

  test('names at least two times on the axis', () => {
    expect(chart.ticks.length).toBeGreaterThanOrEqual(2);
    expect(chart.ticks.every(({ at }) => at >= 0 && at <= 100)).toBe(true);
  });

  test('draws nothing where no percentile can be said', () => {
    const few = distributionResult({ rounds: 1, settings: [{}] });
    const series = few.series.map((one) => ({
      ...one,
      samples: one.samples.map((sample) => ({ ...sample, latenciesNs: [1, 2] })),
    }));
    expect(drawSpread({ ...few, series }, distributionEntry)).toEqual({ groups: [], ticks: [], shares: [] });
  });
});
