import { describe, expect, test } from 'vitest';
import type { TimeResult, TimeSeries } from '#model/result.ts';
import {
  baselineDifference,
  claimsDifference,
  compare,
  estimateRatio,
  factorGroups,
  healthWarnings,
  logRatios,
  noise,
  repeatRatios,
  sameFactors,
  seriesOf,
  varyingFactors,
} from '#model/statistics.ts';
import { timeResult } from '../../fixtures/results.ts';

const tcp = { link: 'tcp', chunk: 65536 };

/** A series with these total CPU times, in ns, by round; undefined leaves the round out. */
function series(totals: readonly (number | undefined)[]): TimeSeries {
  const template = timeResult({ rounds: 1 }).series[0] as TimeSeries;
  const samples = totals.flatMap((total, round) => {
    const [sample] = template.samples;
    if (total === undefined || !sample) return [];
    return [{ ...sample, round, senderCpuNs: total - 1, receiverCpuNs: 1 }];
  });
  return { ...template, samples };
}

function found(result: TimeResult, variant: string, factors = tcp): TimeSeries {
  const one = seriesOf(result, variant, factors);
  if (!one) throw new Error(`no series of ${variant}`);
  return one;
}

describe('logRatios()', () => {
  test('compares with the geometric mean of the two baseline samples of the same round', () => {
    const logs = logRatios(series([200, 50]), series([100, 100]), series([400, 25]), 'totalCpuNs');
    expect(logs.map(Math.exp)).toEqual([expect.closeTo(1), expect.closeTo(1)]);
  });

  test('matches by round, not by place', () => {
    const variant = series([10, 20, 40]);
    const shuffled = { ...variant, samples: [...variant.samples].reverse() };
    const baseline = series([10, 20, 40]);
    expect(logRatios(shuffled, baseline, baseline, 'totalCpuNs')).toEqual([0, 0, 0]);
  });

  test('leaves out a round that lacks one of the three', () => {
    const logs = logRatios(
      series([20, undefined, 20, 20]),
      series([10, 10, undefined, 10]),
      series([10, 10, 10, 10]),
      'totalCpuNs',
    );
    expect(logs.map(Math.exp)).toEqual([expect.closeTo(2), expect.closeTo(2)]);
  });

  test('leaves out a round in which the measure is 0', () => {
    const idle = series([10, 10]);
    const samples = idle.samples.map((sample, at) => ({ ...sample, receiverCpuNs: at }));
    expect(logRatios({ ...idle, samples }, idle, idle, 'receiverCpuNs')).toEqual([0]);
  });
});

describe('rounds in which the hypervisor took time', () => {
  /** Twice the baseline; in every third round another machine had the CPU, and it took twenty times as long. */
  const disturbed = (rounds: number, every: number) => {
    const took = (round: number) => round % every === 0;
    const one = series(Array.from({ length: rounds }, (_, round) => (took(round) ? 2000 : 200)));
    const samples = one.samples.map((sample) => ({ ...sample, stealNs: took(sample.round) ? 100_000_000 : 0 }));
    return { ...one, samples };
  };
  const steady = (rounds: number) => series(Array.from({ length: rounds }, () => 100));

  test('are left out where enough others are left', () => {
    const logs = logRatios(disturbed(15, 3), steady(15), steady(15), 'totalCpuNs');
    expect(logs.map(Math.exp)).toEqual(Array.from({ length: 10 }, () => expect.closeTo(2)));
    expect(repeatRatios(steady(15), disturbed(15, 3), 'totalCpuNs')).toHaveLength(10);
  });

  test('count where the others are too few, and whoever was hit', () => {
    expect(logRatios(disturbed(12, 3), steady(12), steady(12), 'totalCpuNs')).toHaveLength(12);
    const [calm, hit] = [steady(30), disturbed(30, 3)];
    expect(logRatios(calm, hit, calm, 'totalCpuNs')).toHaveLength(20);
    expect(logRatios(calm, calm, hit, 'totalCpuNs')).toHaveLength(20);
  });

  test('count when it was next to nothing', () => {
    const slight = disturbed(30, 3);
    const samples = slight.samples.map((sample) => ({ ...sample, wallNs: 20 * (sample.stealNs ?? 0) + 1 }));
    expect(logRatios({ ...slight, samples }, steady(30), steady(30), 'totalCpuNs')).toHaveLength(30);
  });

  test('are not known of results that did not look: all rounds count', () => {
    const blind = disturbed(30, 3);
    const samples = blind.samples.map(({ stealNs: _, ...sample }) => sample);
    expect(logRatios({ ...blind, samples }, steady(30), steady(30), 'totalCpuNs')).toHaveLength(30);
  });
});

describe('estimateRatio()', () => {
  test('turns logs into a ratio with its interval and exact confidence', () => {
    const logs = [1, 2, 3, 4, 5, 6, 7].map((one) => Math.log(2) + one / 1000 - 0.004);
    expect(estimateRatio(logs, 0.95)).toEqual({
      state: 'estimate',
      ratio: expect.closeTo(2),
      low: expect.closeTo(2 * Math.exp(-0.002)),
      high: expect.closeTo(2 * Math.exp(0.002)),
      confidence: 0.95,
      achieved: 0.953125,
      rounds: 7,
    });
  });

  test.each([
    [5, 0.95, 6],
    [7, 0.99, 8],
  ] as const)('says %i rounds are too few at %d', (rounds, confidence, needed) => {
    const outcome = estimateRatio(Array(rounds).fill(-0.5), confidence);
    expect(outcome).toEqual({ state: 'too-few-rounds', rounds, needed, confidence });
  });
});

describe('claimsDifference()', () => {
  test.each([
    [0.9, 0.99, true],
    [1.01, 1.1, true],
    [0.9, 1.1, false],
    [0.9, 1, false],
    [1, 1.1, false],
  ])('from %d to %d: %s', (low, high, expected) => {
    expect(claimsDifference({ low, high })).toBe(expected);
  });
});

describe('compare()', () => {
  test('finds the planted effect with the right sign through a drift ten times as large as the noise', () => {
    const result = timeResult({ costs: { sendfile: 0.8, splice: 1.25 } });
    expect(compare(result, found(result, 'sendfile'), 'totalCpuNs')).toMatchObject({
      state: 'estimate',
      ratio: expect.closeTo(0.8, 1),
      rounds: 9,
    });
    const dearer = compare(result, found(result, 'splice'), 'wallNs');
    expect(dearer.state === 'estimate' && claimsDifference(dearer) && dearer.ratio).toBeCloseTo(1.25, 1);
  });

  test('sees a variant that moves more bytes: it does not divide by them', () => {
    const result = timeResult({ costs: { sendfile: 1 }, moves: { sendfile: 1.25 } });
    const comparison = compare(result, found(result, 'sendfile'), 'totalCpuNs');
    expect(comparison.state === 'estimate' && comparison.low).toBeGreaterThan(1.2);
  });

  test('takes the baseline with the same factors', () => {
    const result = timeResult({ links: ['tcp', 'unix'] });
    const slower = result.series.map((one) =>
      one.factors.link === 'unix'
        ? { ...one, samples: one.samples.map((sample) => ({ ...sample, senderCpuNs: 10 * sample.senderCpuNs })) }
        : one,
    );
    const unix = { link: 'unix', chunk: 65536 };
    const changed = { ...result, series: slower };
    const comparison = compare(changed, found(changed, 'sendfile', unix), 'senderCpuNs');
    expect(comparison.state === 'estimate' && comparison.ratio).toBeCloseTo(0.58, 1);
  });

  test('says that there is no baseline when it ran only once a round', () => {
    const result = timeResult();
    const alone = { ...result, series: result.series.filter(({ role }) => role !== 'repeat') };
    expect(compare(alone, found(alone, 'sendfile'), 'wallNs')).toEqual({ state: 'no-baseline' });
  });

  test('raises a false alarm in about one of twenty runs without an effect', () => {
    const alarms = Array.from({ length: 400 }, (_, seed) => {
      const result = timeResult({ seed, variants: ['read-write', 'sendfile'], costs: { sendfile: 1 } });
      const comparison = compare(result, found(result, 'sendfile'), 'totalCpuNs');
      return comparison.state === 'estimate' && claimsDifference(comparison);
    });
    const share = alarms.filter(Boolean).length / alarms.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.08);
  });
});

describe('noise()', () => {
  test('gives half the width of the baseline against itself, and a smallest effect a little above', () => {
    const quiet = noise(timeResult({ noise: 0.005 }), tcp, 'totalCpuNs');
    const loud = noise(timeResult({ noise: 0.1 }), tcp, 'totalCpuNs');
    if (quiet.state !== 'estimate' || loud.state !== 'estimate') throw new Error('expected estimates');
    expect(quiet.halfWidth).toBeLessThan(0.01);
    expect(loud.halfWidth).toBeGreaterThan(0.04);
    expect(loud.halfWidth).toBeCloseTo(Math.sqrt(loud.high / loud.low) - 1, 10);
    expect(loud.smallestEffect / loud.halfWidth).toBeGreaterThan(1.1);
  });

  test('smallestEffect is found in about four of five runs', () => {
    const effects = Array.from({ length: 200 }, (_, seed) => {
      const own = noise(timeResult({ seed, variants: ['read-write'] }), tcp, 'totalCpuNs');
      return own.state === 'estimate' ? own.smallestEffect : Number.NaN;
    });
    const effect = effects.reduce((sum, one) => sum + one, 0) / effects.length;
    const hits = Array.from({ length: 400 }, (_, seed) => {
      const result = timeResult({ seed, variants: ['read-write', 'sendfile'], costs: { sendfile: 1 + effect } });
      const comparison = compare(result, found(result, 'sendfile'), 'totalCpuNs');
      return comparison.state === 'estimate' && comparison.low > 1;
    });
    const share = hits.filter(Boolean).length / hits.length;
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.9);
  });

  test('needs eight rounds for 99 %', () => {
    expect(noise(timeResult({ rounds: 7 }), tcp, 'wallNs', 0.99)).toMatchObject({ state: 'too-few-rounds', needed: 8 });
  });
});

describe('healthWarnings()', () => {
  test('is quiet about a baseline that agrees with itself', () => {
    expect(healthWarnings(timeResult({ links: ['tcp', 'unix'] }), 'totalCpuNs')).toEqual([]);
  });

  test('says nothing from fewer than the eight rounds that 99 % needs', () => {
    expect(healthWarnings(timeResult({ rounds: 7, costs: { repeat: 1.5 } }), 'totalCpuNs')).toEqual([]);
  });

  test('warns about each link on which the baseline differed from itself', () => {
    const result = timeResult({ links: ['tcp', 'unix'], costs: { repeat: 1.2 } });
    expect(healthWarnings(result, 'totalCpuNs')).toMatchObject([
      { code: 'baseline-differs', args: { link: 'tcp' } },
      { code: 'baseline-differs', args: { link: 'unix' } },
    ]);
    expect(baselineDifference(result, tcp, 'totalCpuNs')?.ratio).toBeCloseTo(1.2, 1);
  });
});

describe('series', () => {
  test('sameFactors() ignores the order and sees every difference', () => {
    expect(sameFactors({ a: 1, b: 'x' }, { b: 'x', a: 1 })).toBe(true);
    expect(sameFactors({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameFactors({ a: 1 }, { a: '1' })).toBe(false);
    expect(sameFactors({ a: 1 }, { b: 1 })).toBe(false);
  });

  test('seriesOf() gives the baseline itself, never its repeat', () => {
    expect(found(timeResult(), 'read-write').role).toBe('baseline');
    expect(seriesOf(timeResult(), 'sendfile', { link: 'unix', chunk: 65536 })).toBeUndefined();
  });

  test('factorGroups() lists each combination once, varyingFactors() what differs between them', () => {
    const groups = factorGroups(timeResult({ links: ['tcp', 'unix'] }));
    expect(groups).toEqual([tcp, { link: 'unix', chunk: 65536 }]);
    expect(varyingFactors(groups)).toEqual(['link']);
  });
});
