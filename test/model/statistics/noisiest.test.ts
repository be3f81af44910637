import { describe, expect, test } from 'vitest';
import type { TimeResult, TimeSample } from '#model/result.ts';
import { leadingMeasure, noisiestGroup, widestNoise } from '#model/statistics.ts';
import { countResult, timeResult } from '../../fixtures/results.ts';

const by = leadingMeasure(undefined);
const changed = (result: TimeResult, change: (sample: TimeSample, role: string) => Partial<TimeSample>) => ({
  ...result,
  series: result.series.map((one) => ({
    ...one,
    samples: one.samples.map((sample) => ({ ...sample, ...change(sample, one.role) })),
  })),
});
const codes = (result: TimeResult) => noisiestGroup(result, by)?.causes.map(({ code }) => code);

describe('noisiestGroup()', () => {
  const loud = timeResult({ rounds: 15, noise: 0.4, seed: 2 });

  test('is the group whose baseline lies furthest from itself', () => {
    const quiet = timeResult({ rounds: 15, noise: 0.01 });
    const series = loud.series.map((one) => ({ ...one, factors: { ...one.factors, link: 'unix' } }));
    const found = noisiestGroup({ ...quiet, series: [...quiet.series, ...series] }, by);
    expect(found?.factors.link).toBe('unix');
    expect(found?.noise.halfWidth).toBe(widestNoise(loud, by));
    expect(found?.wider?.halfWidth).toBeGreaterThan(found?.noise.halfWidth ?? 1);
    expect(noisiestGroup(quiet, by)?.causes).toEqual([]);
  });

  test('is null where nothing is timed, or rounds are too few; 99 % need more of them', () => {
    expect(noisiestGroup(countResult(), by)).toBeNull();
    expect(noisiestGroup(timeResult({ rounds: 3 }), by)).toBeNull();
    expect(noisiestGroup(timeResult({ rounds: 7 }), by)?.wider).toBeNull();
  });

  test('finds what speaks for why', () => {
    expect(codes(loud)).toEqual(['spread']);
    expect(codes(changed(loud, () => ({ wallNs: 1e6 })))).toEqual(['short']);
    expect(codes(timeResult({ rounds: 9, noise: 0.6, seed: 2 }))).toEqual(['few-rounds']);
    const stolen = loud.series.map((one) => ({ ...one, machineCpuNs: 9e9, stealNs: 1e9 }));
    expect(noisiestGroup({ ...loud, series: stolen }, by)?.causes).toEqual([{ code: 'stolen', share: 0.1 }]);
  });

  test('finds a few rounds that stand out', () => {
    const lone = changed(timeResult({ rounds: 15, noise: 0.02 }), ({ round, senderCpuNs }, role) => {
      const factor = role !== 'repeat' ? 1 : ([8, 0.1, 6, 0.2][round] ?? 1);
      return { senderCpuNs: Math.round(senderCpuNs * factor) };
    });
    const wide = noisiestGroup(lone, by);
    expect(wide?.noise.halfWidth).toBeGreaterThan(0.15);
    expect(wide?.causes).toMatchObject([{ code: 'lone-rounds', rounds: 3, of: 15 }]);
  });
});
