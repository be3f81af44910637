import { expect, test } from 'vitest';
import { offsetsIn } from '#measure/page-cache-scenes.ts';

test('offsetsIn() goes through all of a file, in order or shuffled by the seed', () => {
  expect(offsetsIn(10_000, 4096, 'sequential', 1)).toEqual([0, 4096, 8192]);
  const shuffled = offsetsIn(400 * 4096, 4096, 'random', 1);
  expect(shuffled).not.toEqual(offsetsIn(400 * 4096, 4096, 'sequential', 1));
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(offsetsIn(400 * 4096, 4096, 'sequential', 1));
  expect(offsetsIn(400 * 4096, 4096, 'random', 1)).toEqual(shuffled);
  expect(offsetsIn(400 * 4096, 4096, 'random', 2)).not.toEqual(shuffled);
});
