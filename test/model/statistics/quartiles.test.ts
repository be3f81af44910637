import { describe, expect, test } from 'vitest';
import type { TimeSample } from '#model/result.ts';
import { callsPerGiB, faultsPerGiB, measureOf, nsPerGiB, quartiles, switchesPerGiB } from '#model/statistics.ts';

const GIB = 2 ** 30;

const sample: TimeSample = {
  round: 0,
  order: 0,
  wallNs: 400,
  senderCpuNs: 300,
  receiverCpuNs: 200,
  bytes: GIB / 4,
  calls: { read: 10, write: 10 },
  minorFaults: 6,
  majorFaults: 1,
  voluntarySwitches: 5,
  involuntarySwitches: 2,
  peakMemoryBytes: 0,
  throttled: false,
};

describe('measureOf()', () => {
  test.each([
    ['totalCpuNs', 500],
    ['senderCpuNs', 300],
    ['receiverCpuNs', 200],
    ['wallNs', 400],
  ] as const)('takes %s as it stands', (measure, expected) => {
    expect(measureOf(sample, measure)).toBe(expected);
  });
});

describe('quartiles()', () => {
  test('interpolates like R: quantile(c(1, 2, 4, 8))', () => {
    expect(quartiles([8, 1, 4, 2])).toEqual({ low: 1.75, median: 3, high: 5 });
  });

  test('of one value are that value', () => {
    expect(quartiles([7])).toEqual({ low: 7, median: 7, high: 7 });
  });

  test('refuses no values', () => {
    expect(() => quartiles([])).toThrow(RangeError);
  });
});

describe('per GiB', () => {
  test('nsPerGiB() scales by the bytes of each sample', () => {
    expect(nsPerGiB([sample, { ...sample, bytes: GIB / 2, wallNs: 800 }], 'wallNs').median).toBe(1600);
    expect(nsPerGiB([sample], 'totalCpuNs').median).toBe(2000);
  });

  test('callsPerGiB() keeps the names, and counts a call that a sample lacks as 0', () => {
    const short = { ...sample, calls: { read: 11, write: 11, poll: 2 } };
    expect(callsPerGiB([sample, sample, short])).toEqual({ read: 40, write: 40, poll: 0 });
  });

  test('callsPerGiB() is null when one sample was not counted', () => {
    expect(callsPerGiB([sample, { ...sample, calls: null }])).toBeNull();
    expect(callsPerGiB([])).toBeNull();
  });

  test('faultsPerGiB() and switchesPerGiB() take both kinds together', () => {
    expect(faultsPerGiB([sample])).toBe(28);
    expect(switchesPerGiB([sample])).toBe(28);
  });
});
