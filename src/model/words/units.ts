/** How quantities are written: one function a unit. A plain space stands between number and unit. */

/** Bytes in the largest unit that leaves at least 1: `100 bytes`, `64 KiB`, `1.5 GiB`. Three significant digits. */
export function formatBytes(bytes: number): string {
  const { unit, size } = largest(BYTE_UNITS, bytes);
  if (size === 1) return bytes === 1 ? '1 byte' : `${formatCount(bytes)} bytes`;
  return `${significant(bytes / size)} ${unit}`;
}

const BYTE_UNITS: readonly { readonly unit: string; readonly size: number }[] = [
  { unit: 'GiB', size: 2 ** 30 },
  { unit: 'MiB', size: 2 ** 20 },
  { unit: 'KiB', size: 2 ** 10 },
  { unit: 'bytes', size: 1 },
];

/** Nanoseconds in the largest unit that leaves at least 1: `834 ms`, `1.09 s`, `12.3 µs`. Three significant digits. */
export function formatDuration(ns: number): string {
  const { unit, size } = largest(TIME_UNITS, ns);
  return `${significant(ns / size)} ${unit}`;
}

/** A unit of time and how many nanoseconds it is. */
export interface TimeUnit {
  readonly unit: 's' | 'ms' | 'µs' | 'ns';
  readonly size: number;
}

/**
 * One unit for a whole block of durations, chosen by the longest of them in ns: up to 10 s it is ms, and so on down.
 */
export function timeUnitFor(longestNs: number): TimeUnit {
  return largest(TIME_UNITS, longestNs / 10);
}

const TIME_UNITS: readonly TimeUnit[] = [
  { unit: 's', size: 1e9 },
  { unit: 'ms', size: 1e6 },
  { unit: 'µs', size: 1e3 },
  { unit: 'ns', size: 1 },
];

/**
 * A share as a percentage: 0.42 is `42 %`. Whole numbers from 1 % up, one decimal below, and never a bare 0 for
 * something.
 */
export function formatPercent(share: number): string {
  return `${percentNumber(share)} %`;
}

/** The number of a percentage without its sign, for `between 39 and 45 %`. */
export function percentNumber(share: number): string {
  const percent = Math.abs(share) * 100;
  if (percent >= 0.95) return formatCount(percent);
  if (percent === 0) return '0';
  return percent < 0.05 ? 'less than 0.1' : percent.toFixed(1);
}

/** How far either way: `±4 %`; `at most ±0.1 %` where it is smaller than can be said. */
export function formatSpread(share: number): string {
  const number = percentNumber(share);
  return number.startsWith('less') ? 'at most ±0.1 %' : `±${number} %`;
}

/** From here on a ratio reads better as a multiple than as a percentage. */
export const TWICE = 2;

/** A factor in words: `1.9 times`. */
export function formatTimes(ratio: number): string {
  return `${timesNumber(ratio)} times`;
}

/** The number of a factor: one decimal up to 10, whole numbers above. */
export function timesNumber(ratio: number): string {
  return ratio < 9.95 ? ratio.toFixed(1) : formatCount(ratio);
}

/** A count, rounded, with commas for thousands: `32,768`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Three significant digits; the whole part is never rounded away. */
function significant(value: number): string {
  return value < 100 ? SIGNIFICANT.format(value) : formatCount(value);
}

const SIGNIFICANT = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

function largest<U extends { readonly size: number }>(units: readonly U[], value: number): U {
  return units.find(({ size }) => Math.abs(value) >= size) ?? (units.at(-1) as U);
}
