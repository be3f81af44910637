import { describe, expect, test } from 'vitest';
import type { CountSample } from '#model/count-sample.ts';
import type { TimeSample } from '#model/result.ts';
import { amountOf, bytesOf, type Measure, measureOf } from '#model/statistics.ts';

const timed: TimeSample = {
  round: 0,
  order: 0,
  wallNs: 400,
  senderCpuNs: 300,
  receiverCpuNs: 200,
  bytes: 2 ** 29,
  calls: { read: 10, write: 12 },
  minorFaults: 6,
  majorFaults: 1,
  voluntarySwitches: 5,
  involuntarySwitches: 2,
  peakMemoryBytes: 4096,
  throttled: false,
  extra: { operations: 50, nsPerAccess: 3.5 },
  latenciesNs: Array.from({ length: 100 }, (_, at) => at + 1),
};
const counted: CountSample = { round: 0, order: 0, payloadBytes: 1024, calls: null, extra: { packets: 17 } };

describe('measureOf()', () => {
  test.each<[Measure, number | undefined]>([
    ['totalCpuNs', 500],
    ['minorFaults', 6],
    ['majorFaults', 1],
    ['switches', 7],
    ['peakMemoryBytes', 4096],
    ['calls', 22],
    ['extra.nsPerAccess', 3.5],
    ['extra.gone', undefined],
    ['latency.p50', 50],
    ['latency.p90', 90],
    ['latency.p99', undefined],
  ])('takes %s from a timed sample', (measure, expected) => {
    expect(measureOf(timed, measure)).toBe(expected);
  });

  test.each<[Measure, number | undefined]>([
    ['extra.packets', 17],
    ['calls', undefined],
    ['switches', undefined],
    ['totalCpuNs', undefined],
    ['wallNs', undefined],
    ['latency.p50', undefined],
  ])('takes %s from a counted one, and nothing that was not counted', (measure, expected) => {
    expect(measureOf(counted, measure)).toBe(expected);
  });
});

describe('amountOf()', () => {
  test('divides by the payload, the operations or nothing', () => {
    expect(amountOf(timed, 'totalCpuNs', 'GiB')).toBe(1000);
    expect(amountOf(timed, 'totalCpuNs', 'operation')).toBe(10);
    expect(amountOf(timed, 'totalCpuNs', 'sample')).toBe(500);
    expect(amountOf(counted, 'extra.packets', 'GiB')).toBe(17 * 2 ** 20);
  });

  test('has no number where the operations were not counted, or were none', () => {
    expect(amountOf(counted, 'extra.packets', 'operation')).toBeUndefined();
    expect(amountOf({ ...timed, extra: { operations: 0 } }, 'wallNs', 'operation')).toBeUndefined();
  });
});

test('bytesOf() is the payload of any kind of sample', () => {
  expect(bytesOf(timed)).toBe(2 ** 29);
  expect(bytesOf(counted)).toBe(1024);
});
