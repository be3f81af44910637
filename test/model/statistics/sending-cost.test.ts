import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { costOf, costPoints, fitCost, heldOut } from '#model/statistics/sending-cost.ts';
import { readResult } from '#model/upgrade.ts';

const line = (sizes: readonly number[]) => sizes.map((bytes) => ({ bytes, ns: 5000 + 0.25 * bytes }));

describe('fitCost()', () => {
  test('finds the line that points lie on', () => {
    const { answerNs, byteNs } = fitCost(line([4096, 65536, 1048576]));
    expect(answerNs).toBeCloseTo(5000, 6);
    expect(byteNs).toBeCloseTo(0.25, 9);
  });

  test('gives a small size the weight of a large one', () => {
    // By absolute errors the large size would win, and the small one be predicted at a loss of half.
    const cost = fitCost([
      { bytes: 1000, ns: 1000 },
      { bytes: 2000, ns: 1000 },
      { bytes: 1_000_000, ns: 500_000 },
    ]);
    expect(Math.abs(costOf(cost, 1000) / 1000 - 1)).toBeLessThan(0.3);
  });

  test('is never negative: nobody is paid for an answer', () => {
    const falling = [
      { bytes: 1000, ns: 9000 },
      { bytes: 2000, ns: 1000 },
    ];
    expect(fitCost(falling).byteNs).toBe(0);
  });

  test.each([[[]], [line([4096])], [line([4096, 4096])]])('refuses %j', (points) => {
    expect(() => fitCost(points)).toThrow('Cannot fit what sending costs: expected two sizes or more');
  });
});

describe('heldOut()', () => {
  test('leaves each inner size out once, and says how far the prediction is off', () => {
    const bent = line([4096, 16384, 65536, 262144]).map((point) =>
      point.bytes === 65536 ? { ...point, ns: point.ns / 2 } : point,
    );
    const found = heldOut(bent);
    expect(found.map(({ bytes }) => bytes)).toEqual([16384, 65536]);
    // What is predicted does not know the bent point: it is the line, twice what was measured there.
    expect(found[1]?.error).toBeCloseTo(1, 6);
  });
});

/** A line through five sizes cannot follow every cache. Half as much again or half as little would be no prediction. */
const WORST = 0.5;

test.each(globSync('labs/results/*/file-size.json'))('%s: a size that was held out is predicted', (file) => {
  const result = readResult(JSON.parse(readFileSync(file, 'utf8')));
  if (result.kind !== 'time') throw new TypeError('Expected times');
  for (const variant of ['read', 'sendfile']) {
    const predicted = heldOut(costPoints(result, variant, { link: 'tcp' }));
    expect(predicted.length).toBeGreaterThanOrEqual(3);
    for (const { bytes, error } of predicted) expect(Math.abs(error), `${variant}, ${bytes} bytes`).toBeLessThan(WORST);
  }
});
