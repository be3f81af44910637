import { expect, test } from 'vitest';
import type { MappedFile } from '#model/layouts/mapping.ts';
import { drawMapping, hexadecimal, MAPPING_WIDTH, PAGE_BOX } from '#site/figures/mapping-layout.ts';

const file: MappedFile = {
  pages: 3,
  by: [
    { program: 'one', start: 0x7f000000, used: [0, 1] },
    { program: 'other', start: 0x7e000000, used: [1] },
  ],
  cached: [],
};

test('drawMapping() links exactly the addresses that lead to a page, at the height of that page', () => {
  const { spaces, cache, links, height } = drawMapping(file);
  expect(links.map(({ y }) => y - PAGE_BOX.height / 2)).toEqual([
    cache.pages[0]!.y,
    cache.pages[1]!.y,
    cache.pages[1]!.y,
  ]);
  expect(cache.pages.map(({ state }) => state)).toEqual(['cached', 'cached', 'on disk']);
  for (const { x, y } of [...spaces.flatMap(({ pages }) => pages), ...cache.pages]) {
    expect(x + PAGE_BOX.width).toBeLessThanOrEqual(MAPPING_WIDTH);
    expect(y + PAGE_BOX.height).toBeLessThanOrEqual(height);
  }
});

test('drawMapping() refuses anything but two programs', () => {
  expect(() => drawMapping({ ...file, by: [] })).toThrow('Cannot draw 0 address spaces: expected two');
});

test('hexadecimal() keeps the page apart', () => expect(hexadecimal(0x7f3a2000)).toBe('0x7f3a 2000'));
