import { describe, expect, test } from 'vitest';
import { distribution, percentile } from '#model/statistics.ts';
import { normal } from '../../fixtures/random.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('percentile()', () => {
  test('is a value that was seen: the nearest rank', () => {
    expect(percentile(upTo(1000), 0.5)).toBe(500);
    expect(percentile(upTo(1000), 0.9)).toBe(900);
    expect(percentile(upTo(1000), 0.99)).toBe(990);
    expect(percentile([9, ...upTo(20)], 0.5)).toBe(10);
  });

  test('is not said with fewer than ten values beyond it', () => {
    expect(percentile(upTo(999), 0.99)).toBeNull();
    expect(percentile(upTo(20), 0.5)).toBe(10);
    expect(percentile(upTo(19), 0.5)).toBeNull();
    expect(percentile([], 0.5)).toBeNull();
  });

  test('finds the truth in random numbers', () => {
    const random = normal(3);
    const values = Array.from({ length: 20_000 }, () => Math.exp(random()));
    expect(Math.log(percentile(values, 0.5) as number)).toBeCloseTo(0, 1);
    expect(Math.log(percentile(values, 0.99) as number) / 2.326).toBeCloseTo(1, 1);
  });
});

describe('distribution()', () => {
  test('pools the rounds, and names the percentiles that have enough beyond them', () => {
    const found = distribution([{ latenciesNs: upTo(600) }, {}, { latenciesNs: upTo(600).map((ns) => ns + 600) }]);
    expect(found).toMatchObject({
      requests: 1200,
      slowestNs: 1200,
      percentiles: [
        { share: 0.5, ns: 600 },
        { share: 0.9, ns: 1080 },
        { share: 0.99, ns: 1188 },
      ],
    });
  });

  test('says no percentile of a few requests, and nothing of none', () => {
    expect(distribution([{ latenciesNs: upTo(10) }])).toEqual({ requests: 10, percentiles: [], slowestNs: 10 });
    expect(distribution([{}])).toBeUndefined();
  });
});
