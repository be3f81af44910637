import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Entry, lookUp, randomEntries, targetsAround, writeIndex } from '#learn/answers/index-file.ts';
import { withBench } from '#learn/bench.ts';

const entries: readonly Entry[] = [
  [5, 100],
  [9, 4200],
  [20, 8400],
];

test('lookUp() finds the greatest offset that is not above the target', () => {
  const positions = [0, 4, 5, 6, 8, 9, 19, 20, 21].map((target) => lookUp(entries, target).position);
  expect(positions).toEqual([0, 0, 100, 100, 100, 4200, 4200, 8400, 8400]);
  expect(lookUp([], 7)).toEqual({ target: 7, position: 0 });
});

test.each([1, 2, 3, 513, 5000])('randomEntries(%d) are ascending numbers of 32 bits, and others each time', (count) => {
  const made = randomEntries(count);
  const all = Array.from({ length: count }, (_, at) => made.at(at) as Entry);
  for (const [at, [offset, position]] of all.entries()) {
    expect(offset).toBeGreaterThan(all[at - 1]?.[0] ?? -1);
    expect(Math.max(offset, position)).toBeLessThan(2 ** 32);
  }
  const others = [1, 2, 3].map(() => (randomEntries(count).at(0) as Entry)[1]);
  expect(new Set([(all[0] as Entry)[1], ...others]).size).toBeGreaterThan(1);
});

test('targetsAround() asks before, at and after entries, and beyond both ends', () => {
  expect(targetsAround(entries, 0).toSorted((a, b) => a - b)).toEqual([0, 4, 5, 6, 8, 9, 10, 19, 20, 21, 2 ** 32 - 1]);
  expect(targetsAround([], 3)).toContain(0);
});

test('writeIndex() writes both numbers with the highest byte first', async () => {
  const bytes = await withBench(async ({ folder }) => {
    const path = join(folder, 'one.index');
    const one: readonly Entry[] = [[1, 2 ** 31 + 5]];
    writeIndex(path, one);
    return readFileSync(path);
  });
  expect(bytes).toEqual(Buffer.from([0, 0, 0, 1, 0x80, 0, 0, 5]));
});
