import { describe, expect, test } from 'vitest';
import { linearScale, logScale, ticksOf } from '#site/figures/scale.ts';

describe('linearScale()', () => {
  test('puts equal steps equally far apart', () => {
    const scale = linearScale([10, 20], [0, 100]);
    expect([10, 15, 20, 25].map(scale)).toEqual([0, 50, 100, 150]);
  });

  test('puts the only value in the middle', () => expect(linearScale([3, 3], [0, 100])(3)).toBe(50));
});

describe('logScale()', () => {
  test('puts equal factors equally far apart, and what is outside at the edge', () => {
    const scale = logScale([1, 4], [100, 0]);
    expect([1, 2, 4, 0.5, 0, 8].map(scale)).toEqual([100, 50, 0, 100, 100, 0]);
  });
});

test('ticksOf() gives round values within the domain', () => {
  expect(ticksOf(linearScale([0, 1.15], [0, 100]), 3)).toEqual([0, 0.5, 1]);
});
