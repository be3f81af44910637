import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatPercent,
  formatTimes,
  percentNumber,
  timeUnitFor,
} from '#model/words/units.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1000, '1,000 bytes'],
  [1024, '1 KiB'],
  [65536, '64 KiB'],
  [100_000, '97.7 KiB'],
  [1023 * 1024, '1,023 KiB'],
  [256 * 2 ** 20, '256 MiB'],
  [1.5 * 2 ** 30, '1.5 GiB'],
])('formatBytes(%d) is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 ns'],
  [120, '120 ns'],
  [12_345, '12.3 µs'],
  [834e6, '834 ms'],
  [1.088e9, '1.09 s'],
  [125e9, '125 s'],
])('formatDuration(%d) is %s', (ns, text) => {
  expect(formatDuration(ns)).toBe(text);
});

test.each([
  [15e9, 's'],
  [1.2e9, 'ms'],
  [9e6, 'µs'],
  [5e3, 'ns'],
  [0, 'ns'],
])('timeUnitFor(%d) is %s', (ns, unit) => {
  expect(timeUnitFor(ns).unit).toBe(unit);
});

test.each([
  [0.42, '42 %'],
  [-0.42, '42 %'],
  [0.0149, '1 %'],
  [0.0096, '1 %'],
  [0.004, '0.4 %'],
  [0.0001, 'less than 0.1 %'],
  [0, '0 %'],
  [12, '1,200 %'],
])('formatPercent(%d) is %s', (share, text) => {
  expect(formatPercent(share)).toBe(text);
  expect(`${percentNumber(share)} %`).toBe(text);
});

test.each([
  [1.94, '1.9 times'],
  [9.96, '10 times'],
  [1234, '1,234 times'],
])('formatTimes(%d) is %s', (ratio, text) => {
  expect(formatTimes(ratio)).toBe(text);
});

test('formatCount() rounds and separates thousands', () => {
  expect(formatCount(32767.6)).toBe('32,768');
});
