import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  ENTRY_BYTES,
  makeIndex,
  offsetsOf,
  pagesTouched,
  search,
  searchWarmFirst,
  WARM_ENTRIES,
} from '#measure/offset-index.ts';

test('makeIndex() writes growing offsets, the same for the same seed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zc-index-'));
  try {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    makeIndex(one, 5000, 4);
    makeIndex(other, 5000, 4);
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
    const offsets = offsetsOf(one);
    expect(offsets).toHaveLength(5000);
    expect(offsets.every((offset, slot) => slot === 0 || offset > (offsets[slot - 1] as number))).toBe(true);
    expect(offsetsOf(one)).toBe(offsets);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe.each([1, 2, 3, 1000, WARM_ENTRIES + 1, WARM_ENTRIES + 2, 5000])('in an index of %d entries', (entries) => {
  const offsets = Array.from({ length: entries }, (_, slot) => slot * 10);
  const offsetAt = (slot: number) => offsets[slot] as number;
  const targets = [0, 1, 9, 10, 10 * (entries - 1), 10 * entries, 5 * entries];

  test.each(targets)('both searches find the last entry that is not above %d', (target) => {
    const expected = offsets.findLastIndex((offset) => offset <= target);
    expect(search(offsetAt, target, 0, entries - 1)).toBe(expected);
    expect(searchWarmFirst(offsetAt, target, entries)).toBe(expected);
  });
});

test('pagesTouched() counts a page once a lookup, and once in all', () => {
  const pageBytes = 4 * ENTRY_BYTES;
  // The first lookup sees slots 0, 1 and 9; the second 9 alone.
  const touched = pagesTouched(
    2,
    pageBytes,
    (slot) => slot,
    (offsetAt, lookup) => {
      for (const slot of lookup === 0 ? [0, 1, 9] : [9]) offsetAt(slot);
    },
  );
  expect(touched).toEqual({ pagesPerLookup: 1.5, pages: 2 });
});

test('near the end, the warm section spares a search most of its pages', () => {
  const entries = 100_000;
  const offsetAt = (slot: number) => slot;
  const near = (lookup: number) => entries - 1 - lookup;
  const all = pagesTouched(500, 4096, offsetAt, (at, lookup) => search(at, near(lookup), 0, entries - 1));
  const warm = pagesTouched(500, 4096, offsetAt, (at, lookup) => searchWarmFirst(at, near(lookup), entries));
  expect(warm.pages).toBeLessThanOrEqual(3);
  expect(all.pages).toBeGreaterThan(2 * warm.pages);
});
