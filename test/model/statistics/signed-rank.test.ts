import { describe, expect, test } from 'vitest';
import { signedRankCentre, signedRankProbabilities, valuesNeeded } from '#model/statistics/signed-rank.ts';
import { normal } from '../../fixtures/random.ts';

/**
 * Two-tailed critical values: york.ac.uk/depts/maths/tables/wilcoxon.htm (0.05); McCornack 1965, JASA 60, 864 (0.01).
 */
const CRITICAL: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  0.95: {
    6: 0,
    7: 2,
    8: 3,
    9: 5,
    10: 8,
    11: 10,
    12: 13,
    13: 17,
    14: 21,
    15: 25,
    16: 29,
    17: 34,
    18: 40,
    20: 52,
    25: 89,
  },
  0.99: { 8: 0, 9: 1, 10: 3, 11: 5, 12: 7, 13: 9, 14: 12, 15: 15, 16: 19, 17: 23, 18: 27, 19: 32, 20: 37, 25: 68 },
};

describe('signedRankProbabilities()', () => {
  test('gives the eight outcomes of three ranks, counted by hand', () => {
    expect([...signedRankProbabilities(3)]).toEqual([1, 1, 1, 2, 1, 1, 1].map((ways) => ways / 8));
  });

  test('sums to 1 and is symmetric, also at 60', () => {
    const probabilities = [...signedRankProbabilities(60)];
    expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
    expect(probabilities[400]).toBeCloseTo(probabilities[1830 - 400] as number, 18);
    expect(probabilities).toHaveLength(1831);
  });

  test.each(Object.entries(CRITICAL))('has the tabled critical values at %s', (confidence, table) => {
    for (const [n, critical] of Object.entries(table)) {
      const probabilities = signedRankProbabilities(Number(n));
      const twoTailed = (t: number) => 2 * probabilities.slice(0, t + 1).reduce((sum, one) => sum + one, 0);
      expect(twoTailed(critical), `n ${n}`).toBeLessThanOrEqual(1 - Number(confidence));
      expect(twoTailed(critical + 1), `n ${n}`).toBeGreaterThan(1 - Number(confidence));
    }
  });
});

describe('signedRankCentre()', () => {
  test('repeats the depression data of Hollander and Wolfe, examples 3.1 to 3.4', () => {
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    const centre = signedRankCentre(
      after.map((value, at) => value - (before[at] as number)),
      0.95,
    );
    expect(centre?.estimate).toBeCloseTo(-0.46, 10);
    expect(centre?.low).toBeCloseTo(-0.786, 10);
    expect(centre?.high).toBeCloseTo(-0.01, 10);
    expect(centre?.achieved).toBeCloseTo(0.961, 3);
  });

  test.each(Object.entries(CRITICAL))(
    'takes as many Walsh averages from each end as the table says at %s',
    (confidence, table) => {
      const random = normal(3);
      for (const [n, critical] of Object.entries(table)) {
        const values = Array.from({ length: Number(n) }, random);
        const averages = values.flatMap((one, at) => values.slice(at).map((other) => (one + other) / 2));
        const centre = signedRankCentre(values, Number(confidence));
        expect(
          averages.filter((average) => average < (centre?.low ?? Number.NaN)),
          `n ${n}`,
        ).toHaveLength(critical);
        expect(
          averages.filter((average) => average > (centre?.high ?? Number.NaN)),
          `n ${n}`,
        ).toHaveLength(critical);
      }
    },
  );

  test('runs from the smallest to the largest value where only that will do, worked by hand', () => {
    expect(signedRankCentre([5, 1, 2, 8, 3, 4], 0.95)).toEqual({
      estimate: 3.5,
      low: 1,
      high: 8,
      achieved: 1 - 2 / 64,
    });
  });

  test('gives no interval, rather than a wrong one, when there are too few values', () => {
    expect(signedRankCentre([1, 2, 3, 4, 5], 0.95)).toBeNull();
    expect(signedRankCentre([1, 2, 3, 4, 5, 6, 7], 0.99)).toBeNull();
    expect(signedRankCentre([], 0.95)).toBeNull();
    expect([valuesNeeded(0.95), valuesNeeded(0.99)]).toEqual([6, 8]);
  });

  test('keeps zeros and ties: values that are all 0 have the interval 0 to 0', () => {
    expect(signedRankCentre([0, 0, 0, 0, 0, 0, 0], 0.95)).toMatchObject({ estimate: 0, low: 0, high: 0 });
  });

  test.each([
    { rounds: 7, confidence: 0.95, least: 0.93, most: 0.975 },
    { rounds: 9, confidence: 0.95, least: 0.93, most: 0.975 },
    { rounds: 15, confidence: 0.95, least: 0.93, most: 0.975 },
    { rounds: 9, confidence: 0.99, least: 0.985, most: 0.998 },
  ])('covers the truth as often as promised: $confidence at $rounds rounds', ({ rounds, confidence, least, most }) => {
    const random = normal(rounds);
    const draws = Array.from({ length: 2000 }, () => Array.from({ length: rounds }, random));
    expect(share(draws, confidence)).toBeGreaterThan(least);
    expect(share(draws, confidence)).toBeLessThan(most);
  });

  test('covers at least as often as promised when values are rounded and so tied', () => {
    const random = normal(5);
    const draws = Array.from({ length: 2000 }, () => Array.from({ length: 9 }, () => Math.round(random())));
    expect(share(draws, 0.95)).toBeGreaterThan(0.95);
  });
});

/** Share of the draws around 0 whose interval has 0 in it. */
function share(draws: readonly number[][], confidence: number): number {
  const covered = draws.filter((values) => {
    const centre = signedRankCentre(values, confidence);
    return centre !== null && centre.low <= 0 && centre.high >= 0;
  });
  return covered.length / draws.length;
}
