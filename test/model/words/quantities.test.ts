import { describe, expect, test } from 'vitest';
import { formatFactor, formatFactors, formatFactorValue } from '#model/words/factors.ts';
import { formatNumber, formatQuantity, measureWords, type QuantityUnit, workerWords } from '#model/words/quantities.ts';

describe('formatQuantity()', () => {
  test.each<[number, QuantityUnit, string]>([
    [1234, 'ns', '1.23 µs'],
    [0, 'ns', '0'],
    [65536, 'bytes', '64 KiB'],
    [-4096, 'bytes', '−4 KiB'],
    [1500, 'count', '1,500'],
    [0.25, 'count', '0.25'],
    [0.42, 'share', '42 %'],
    [1200, 'per-second', '1,200 a second'],
    [1, 'yes-no', 'yes'],
    [0, 'yes-no', 'no'],
    [0.5, 'yes-no', 'sometimes'],
  ])('writes %s as %s', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });
});

test('formatNumber() keeps decimals only while they say something', () => {
  expect([0.123456, 17.54, 17, 1023.7].map(formatNumber)).toEqual(['0.123', '17.5', '17', '1,024']);
});

describe('measureWords()', () => {
  test('knows the usual measures', () => {
    expect(measureWords('totalCpuNs')).toMatchObject({ title: 'total CPU', unit: 'ns', less: 'less' });
    expect(measureWords('calls')).toMatchObject({ did: 'made', thing: 'system calls', less: 'fewer' });
    expect(measureWords('latency.p99')).toMatchObject({ unit: 'ns', short: '99 %' });
  });

  test("takes the lab's own from the catalogue, and their names without one", () => {
    const quantities = { heldBytes: { title: 'memory held', unit: 'bytes' as const } };
    expect(measureWords('extra.heldBytes', quantities)).toMatchObject({ title: 'memory held', unit: 'bytes' });
    expect(measureWords('extra.packets', quantities)).toMatchObject({ title: 'packets', unit: 'count' });
  });

  test('workerWords() speaks of one process only', () => {
    expect(workerWords(measureWords('totalCpuNs'))).toMatchObject({ title: 'CPU', scope: '' });
    expect(workerWords(measureWords('wallNs'))).toBe(measureWords('wallNs'));
  });
});

describe("a lab's own factors", () => {
  const words = { consumers: '{} consumers', messageBytes: '{} a message' };

  test('are said as the catalogue says them', () => {
    expect(formatFactor('consumers', 50, words)).toBe('50 consumers');
    expect(formatFactor('consumers', 1, words)).toBe('1 consumer');
    expect(formatFactor('messageBytes', 1024, words)).toBe('1 KiB a message');
    expect(formatFactors({ messageBytes: 100, consumers: 1000 }, ['messageBytes', 'consumers'], words)).toBe(
      '100 bytes a message, 1,000 consumers',
    );
  });

  test('stay names and values without words', () => {
    expect(formatFactor('consumers', 50)).toBe('consumers 50');
    expect(formatFactorValue('size', 4096)).toBe('4 KiB');
    expect(formatFactorValue('rate', 'capped')).toBe('capped');
  });
});
