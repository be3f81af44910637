import { describe, expect, test } from 'vitest';
import type { Estimate } from '#model/statistics.ts';
import { type Compared, changeText, conclude, concludeBriefly, intervalText } from '#model/words/conclusion.ts';

const compared: Compared = {
  variant: 'sendfile',
  baseline: 'read + write',
  measure: 'totalCpuNs',
  where: 'over loopback TCP',
};

function estimate(ratio: number, low: number, high: number): Estimate {
  return { state: 'estimate', ratio, low, high, confidence: 0.95, achieved: 0.96, rounds: 9 };
}

describe('conclude()', () => {
  test('less: with the interval, and the word loopback in the same sentence', () => {
    expect(conclude(estimate(0.58, 0.55, 0.61), compared)).toEqual({
      verb: 'less',
      amount: '42 % less',
      interval: 'between 39 and 45 % less',
      text: 'sendfile spent 42 % less CPU than read + write, sender and receiver together, over loopback TCP (between 39 and 45 % less).',
    });
  });

  test('more', () => {
    expect(conclude(estimate(1.07, 1.05, 1.09), compared).text).toBe(
      'sendfile spent 7 % more CPU than read + write, sender and receiver together, over loopback TCP (between 5 and 9 % more).',
    );
  });

  test('more than double: as a multiple', () => {
    expect(conclude(estimate(2.31, 1.9, 2.6), compared)).toMatchObject({
      verb: 'more',
      amount: '2.3 times as much',
      text: 'sendfile spent 2.3 times the CPU of read + write, sender and receiver together, over loopback TCP (between 90 % more and 2.6 times as much).',
    });
  });

  test('no difference, though the estimate is not 1', () => {
    expect(conclude(estimate(1.01, 0.97, 1.04), compared)).toEqual({
      verb: 'none',
      amount: 'no difference could be seen',
      interval: 'between 3 % less and 4 % more',
      text: 'No difference could be seen in the CPU that sendfile and read + write spent, sender and receiver together, over loopback TCP: sendfile spent between 3 % less and 4 % more.',
    });
  });

  test.each([
    [
      'senderCpuNs',
      'sendfile spent 42 % less CPU than read + write, at the sender, over loopback TCP (between 39 and 45 % less).',
    ],
    ['wallNs', 'sendfile took 42 % less time than read + write, over loopback TCP (between 39 and 45 % less).'],
  ] as const)('says %s in its own words', (measure, text) => {
    expect(conclude(estimate(0.58, 0.55, 0.61), { ...compared, measure }).text).toBe(text);
  });

  test('says what is missing instead of a number', () => {
    const few = conclude({ state: 'too-few-rounds', rounds: 5, needed: 6, confidence: 0.95 }, compared);
    expect(few).toEqual({
      verb: 'unknown',
      amount: 'too few rounds',
      interval: null,
      text: 'Too few rounds to compare sendfile with read + write over loopback TCP: 5, and 6 are needed.',
    });
    expect(conclude({ state: 'no-baseline' }, { ...compared, where: '' }).text).toBe(
      'sendfile cannot be compared: read + write did not run twice a round there.',
    );
  });
});

describe('concludeBriefly()', () => {
  test.each([
    [estimate(0.45, 0.43, 0.47), "sender's CPU 55 % less (53 to 57)"],
    [estimate(1.6, 1.57, 1.63), "sender's CPU 60 % more (57 to 63)"],
    [estimate(2.3, 2.1, 2.5), "sender's CPU 2.3 times as much (2.1 to 2.5)"],
    [estimate(2, 1.9, 2.2), "sender's CPU 2.0 times as much (between 90 % more and 2.2 times as much)"],
    [estimate(1, 0.97, 1.04), "sender's CPU no different (between 3 % less and 4 % more)"],
  ])('%#', (comparison, text) => {
    expect(concludeBriefly(comparison, 'senderCpuNs')).toBe(text);
  });

  test('says that it is not known', () => {
    expect(concludeBriefly({ state: 'no-baseline' }, 'wallNs')).toBe('wall time not known');
  });
});

test.each([
  [0.5, '50 % less'],
  [0.996, '0.4 % less'],
  [1.999, '100 % more'],
  [2, '2.0 times as much'],
])('changeText(%d) is %s', (ratio, text) => {
  expect(changeText(ratio)).toBe(text);
});

test.each([
  [0.577, 0.584, '42 % less at either end'],
  [0.97, 0.9996, 'between less than 0.1 and 3 % less'],
  [0.9, 1, 'between 10 % less and 0 % more'],
  [0.8, 2.4, 'between 20 % less and 2.4 times as much'],
  [2.1, 2.5, 'between 2.1 and 2.5 times as much'],
])('intervalText(%d to %d) is %s', (low, high, text) => {
  expect(intervalText({ low, high })).toBe(text);
});
