/** Words of the table that shows what the instrument weighs. */
import type { Bar, Family, InstrumentRow } from '#model/instrument.ts';

export const familyTitles: Readonly<Record<Family, string>> = {
  'read-write': 'pread + write',
  sendfile: 'sendfile',
  'open-read-close': 'open, read, close',
  'open-mmap-scan-munmap-close': 'open, mmap, scan, munmap, close',
  lookup: '8-byte lookup through a mapping',
  'empty-call': 'a call that does nothing',
};

/** Nanoseconds below 10 µs, then µs: "92 ns", "41.3 µs". */
export function nanoseconds(ns: number): string {
  if (Math.abs(ns) >= 10_000) return `${(ns / 1000).toFixed(1)} µs`;
  return `${Math.abs(ns) < 10 ? ns.toFixed(1) : Math.round(ns).toLocaleString('en-US')} ns`;
}

/** What ours takes more, in the measure that its bar has: a ratio, or ns per call. */
export function differenceWords({ bar, ratio, extra, callsPerOperation }: InstrumentRow): string {
  if (bar?.measure === 'ratio') {
    return ratio.state === 'estimate' ? `× ${ratio.ratio.toFixed(3)} (to ${ratio.high.toFixed(3)})` : '–';
  }
  if (extra.state !== 'estimate') return '–';
  return `${nanoseconds(extra.ns)} a ${callsPerOperation === 0 ? 'lookup' : 'call'} (to ${nanoseconds(extra.high)})`;
}

/** How much was allowed. */
export function barWords(bar: Bar): string {
  return bar.measure === 'ratio' ? `× ${bar.most}, to ${bar.mostHigh}` : `${bar.mostNs} ns`;
}
