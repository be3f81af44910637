import { describe, expect, test } from 'vitest';
import type { TimeSample, TimeSeries } from '#model/result.ts';
import { othersOf, stolenShare } from '#model/statistics.ts';
import { timeResult } from '../../fixtures/results.ts';

/** One series whose two samples took 1 s each, half a processor at each end. */
function series(machineCpuNs: number | null, extra?: TimeSample['extra']): TimeSeries {
  const [one] = timeResult().series as [TimeSeries];
  const samples = one.samples
    .slice(0, 2)
    .map((sample) => ({ ...sample, wallNs: 1e9, senderCpuNs: 5e8, receiverCpuNs: 5e8, ...(extra && { extra }) }));
  return { ...one, samples, machineCpuNs, stealNs: machineCpuNs === null ? null : 1e9 };
}

describe('othersOf()', () => {
  test('is what the machine used and neither end did', () => {
    expect(othersOf([series(3e9), series(5e9)])).toEqual({ share: 0.5, cpus: 1 });
  });

  test('is nothing where /proc/stat saw less than the samples took', () => {
    expect(othersOf([series(1e9)])).toEqual({ share: 0, cpus: 0 });
  });

  test('is not known without /proc/stat, nor beside a neighbour of the lab', () => {
    expect(othersOf([])).toBeNull();
    expect(othersOf([series(null)])).toBeNull();
    expect(othersOf([series(9e9, { neighbourOperations: 3 })])).toBeNull();
    expect(othersOf([series(9e9, { neighbourOperations: 3 }), series(4e9)])).toEqual({ share: 0.5, cpus: 1 });
  });
});

test('stolenShare() is of what was used here and there', () => {
  expect(stolenShare([series(3e9), series(null)])).toBe(0.25);
  expect(stolenShare([series(null)])).toBe(0);
});
