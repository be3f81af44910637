/** The lab index-lookup at toy size: all ways find the same, and only one of them makes calls. */
import { expect, test } from 'vitest';
import { extras } from './lab-run.ts';
import { runToy, seriesAt } from './toy.ts';

test('every way finds the same entries, by calls or without', async () => {
  const result = await runToy('index-lookup', { bytes: 8 * 500 });
  if (result.kind !== 'time') throw new Error('Expected a time result');
  for (const lookups of ['anywhere', 'near the end']) {
    const at = (variant: string) => seriesAt(result, variant, { lookups, index: 'warm' }).samples[0];
    for (const variant of ['mmap', 'mmap-warm-first']) {
      expect(at(variant)).toMatchObject({ bytes: 4000, calls: {}, extra: { operations: 500 } });
    }
    // 2^20 entries and a quarter: 20 or 21 halvings each.
    const { calls } = at('pread') as { calls: Record<string, number> };
    expect(calls.pread).toBeGreaterThanOrEqual(20 * 500);
    expect(calls.pread).toBeLessThanOrEqual(21 * 500);
  }
  const pages = extras(result, 'lookups', 'index');
  expect(pages['mmap-warm-first near the end warm']?.pages).toBeLessThanOrEqual(3);
  expect(pages['mmap near the end warm']?.pages).toBeGreaterThan(3);
});
