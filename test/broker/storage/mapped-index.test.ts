import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MappedIndex } from '../../../src/broker/storage/mapped-index.ts';
import { uniform } from '../../fixtures/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-index-'));
afterAll(() => rmSync(folder, { recursive: true }));

let made = 0;
/** An index of `count` entries of 8 bytes, whose keys are 10, 20, 30 … */
function indexOf(count: number): MappedIndex {
  const index = new MappedIndex(join(folder, `${made++}.index`), 8);
  index.grow(Math.max(count, 1) * 8);
  for (let entry = 0; entry < count; entry++) index.view.writeInt32BE((entry + 1) * 10, index.add());
  return index;
}

const key = (index: MappedIndex, entry: number) => index.view.readInt32BE(entry * 8);

describe('MappedIndex', () => {
  test.each([0, 1, 2, 3, 1023, 1024, 1025, 1026, 5000])('finds every place among %i entries', (count) => {
    using index = indexOf(count);
    for (let entry = 0; entry <= count; entry += count > 100 ? 7 : 1) {
      for (const target of [entry * 10, entry * 10 + 5]) {
        const found = index.lastNotBeyond((one) => key(index, one) > target);
        expect(found).toBe(Math.min(count, Math.floor(target / 10)) - 1);
      }
    }
  });

  test('looks at its warm end only for what lies there', () => {
    using index = indexOf(100_000);
    const next = uniform(3);
    for (let tries = 0; tries < 100; tries++) {
      const looked: number[] = [];
      const target = (100_000 - Math.floor(next() * 1024)) * 10;
      index.lastNotBeyond((entry) => {
        looked.push(entry);
        return key(index, entry) > target;
      });
      // 8192 bytes of entries and the one before them: Kafka's comment promises three pages of 4096 bytes.
      expect(Math.min(...looked)).toBeGreaterThanOrEqual(100_000 - 1025);
    }
  });

  test('is as large as it may become while it is written, sparse, and as its entries when it is trimmed', () => {
    const path = join(folder, 'sizes.index');
    using index = new MappedIndex(path, 12);
    expect([index.entries, index.room]).toEqual([0, 0]);
    index.grow(10 * 2 ** 20);
    expect(statSync(path).size).toBe(Math.floor((10 * 2 ** 20) / 12) * 12);
    index.view.fill(7, index.add(), 12);
    expect(statSync(path).blocks * 512).toBeLessThan(2 ** 20);
    index.trim();
    expect([statSync(path).size, index.entries, index.room]).toEqual([12, 1, 0]);
    using again = new MappedIndex(path, 12);
    expect([again.entries, again.view.toString('hex')]).toEqual([1, '07'.repeat(12)]);
  });

  test('takes no more than it has room for', () => {
    using index = indexOf(3);
    expect(() => index.add()).toThrow(/Cannot add to '.*\.index': all of its 3 entries are used/);
  });

  test('has no bytes to look at without entries', () => {
    using index = new MappedIndex(join(folder, 'none.index'), 8);
    expect(() => index.view).toThrow("none.index': it has no entries");
  });
});
