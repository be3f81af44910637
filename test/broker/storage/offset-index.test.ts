import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { OffsetIndex } from '../../../src/broker/storage/offset-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-offsets-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('OffsetIndex', () => {
  test("has Kafka's format: offsets less the base offset, and positions", () => {
    const path = join(folder, 'format.index');
    using index = new OffsetIndex(path, 5_000_000_000n);
    expect([index.last, index.lookup(5_000_000_009n)]).toEqual([null, 0]);
    index.file.grow(100);
    index.append(5_000_000_003n, 4500);
    index.append(7_147_483_647n, 2 ** 31 - 1);
    expect(index.last).toEqual({ offset: 7_147_483_647n, position: 2 ** 31 - 1 });
    index.file.trim();
    expect(readFileSync(path).toString('hex')).toBe(`00000003${'00001194'}${'7fffffff'}${'7fffffff'}`);
  });

  test('finds the position of the last entry that is not above an offset', () => {
    using index = new OffsetIndex(join(folder, 'lookup.index'), 100n);
    index.file.grow(1000);
    for (const [offset, position] of [
      [110n, 10],
      [120n, 20],
      [130n, 30],
    ] as const)
      index.append(offset, position);
    expect([100n, 109n, 110n, 119n, 120n, 130n, 9999n].map((offset) => index.lookup(offset))).toEqual([
      0, 0, 10, 10, 20, 30, 30,
    ]);
    expect([100n, 110n, 111n, 129n, 130n, 131n].map((offset) => index.between(offset))).toEqual([
      { from: 0, to: 10 },
      { from: 10, to: null },
      { from: 10, to: 20 },
      { from: 20, to: 30 },
      { from: 30, to: null },
      { from: 30, to: null },
    ]);
    expect([9, 10, 29, 30, 31].map((position) => index.lastBegin(position))).toEqual([0, 10, 20, 30, 30]);
  });

  test('refuses offsets that do not grow', () => {
    using index = new OffsetIndex(join(folder, 'grow.index'), 0n);
    index.file.grow(100);
    index.append(7n, 1);
    expect(() => index.append(7n, 2)).toThrow(/Cannot index offset 7 in '.*grow\.index': expected one above 7/);
  });
});
