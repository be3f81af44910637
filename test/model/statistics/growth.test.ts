import { describe, expect, test } from 'vitest';
import type { Factors } from '#model/result.ts';
import { type Along, groupsAlong, grows, growth, slopeOf } from '#model/statistics.ts';
import { normal } from '../../fixtures/random.ts';
import { type TaskResultOptions, taskResult } from '../../fixtures/results.ts';

const entry = { id: 'toy', question: 'How?', baseline: 'write', variants: { write: 'write', sendfile: 'sendfile' } };
const along: Along = { measure: 'extra.heldBytes', per: 'sample', along: 'consumers' };
const settings: Factors[] = [1, 10, 100].map((consumers) => ({ consumers, messageBytes: 1024 }));
const fixed = { messageBytes: 1024 };

function result(held: (variant: string, consumers: number) => number, options: Partial<TaskResultOptions> = {}) {
  const plant: TaskResultOptions['plant'] = (variant, { consumers }) => ({
    extra: { heldBytes: held(variant, Number(consumers)) },
  });
  return taskResult({ entry, settings, plant, ...options });
}

describe('slopeOf()', () => {
  test('is the median slope of all pairs, which one wild point of seven does not move', () => {
    // By hand: 1, 1, 33, 1, 49, 97; the middle of the six lies between 1 and 33.
    expect(
      slopeOf([
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 100],
      ]),
    ).toBe(17);
    expect(slopeOf([0, 1, 2, 3, 4, 5, 6].map((x) => [x, x === 3 ? 500 : 2 * x + 1]))).toBe(2);
  });

  test('needs two places', () => {
    expect(slopeOf([[1, 1]])).toBeNull();
    expect(
      slopeOf([
        [1, 1],
        [1, 5],
      ]),
    ).toBeNull();
  });
});

describe('growth()', () => {
  test('has a point for each value, and says what one more costs', () => {
    const found = growth(
      result((_, consumers) => 500 + 4 * consumers),
      'sendfile',
      along,
      fixed,
    );
    expect(found.points.map(({ at, median, samples }) => [at, median, samples])).toEqual([
      [1, 504, 9],
      [10, 540, 9],
      [100, 900, 9],
    ]);
    expect(found).toMatchObject({ slope: 4, interval: { low: 4, high: 4 } });
    expect(grows(found)).toBe('rises');
  });

  test("takes the baseline's two runs together", () => {
    const found = growth(
      result((_, consumers) => consumers),
      'write',
      along,
      fixed,
    );
    expect(found.points[0]?.samples).toBe(18);
    expect(found.slope).toBe(1);
  });

  test('keeps to the other factors, and finds them', () => {
    const two = [...settings, ...settings.map((one) => ({ ...one, messageBytes: 4096 }))];
    const plant: TaskResultOptions['plant'] = (_, { consumers, messageBytes }) => ({
      extra: { heldBytes: Number(consumers) * Number(messageBytes) },
    });
    const both = taskResult({ entry, settings: two, plant });
    expect(groupsAlong(both, 'consumers')).toEqual([{ messageBytes: 1024 }, { messageBytes: 4096 }]);
    expect(growth(both, 'write', along, { messageBytes: 4096 }).slope).toBe(4096);
    expect(growth(both, 'write', along).points).toEqual([]);
  });

  test('has no interval with too few rounds, and no slope without two values', () => {
    const few = growth(
      result((_, consumers) => consumers, { rounds: 5 }),
      'sendfile',
      along,
      fixed,
    );
    expect(few).toMatchObject({ slope: 1, interval: null });
    expect(grows(few)).toBe('unknown');
    const one = result((_, consumers) => consumers, { settings: settings.slice(0, 1) });
    expect(growth(one, 'sendfile', along, fixed)).toMatchObject({ slope: null, interval: null });
  });

  test('covers the true slope in 95 of 100 noisy runs or so, flat or not', () => {
    for (const truth of [0, 3]) {
      let covered = 0;
      for (let seed = 0; seed < 200; seed++) {
        const random = normal(seed + 1);
        const found = growth(
          result((_, consumers) => 1000 + truth * consumers + 40 * random()),
          'sendfile',
          along,
          fixed,
        );
        if (found.interval && found.interval.low <= truth && found.interval.high >= truth) covered++;
      }
      expect(covered).toBeGreaterThanOrEqual(182);
      expect(covered).toBeLessThan(200);
    }
  });
});
