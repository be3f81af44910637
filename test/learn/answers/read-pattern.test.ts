import { expect, test } from 'vitest';
import { FILE_PAGES, randomPatterns } from '#learn/answers/read-pattern.ts';

test('randomPatterns() stay within the file, and keep spread reads apart from each other', () => {
  for (let round = 0; round < 50; round++) {
    const patterns = randomPatterns();
    for (const { pages } of patterns)
      expect([Math.min(...pages) >= 0, Math.max(...pages) < FILE_PAGES]).toEqual([true, true]);
    const spread = (patterns[1]?.pages ?? []).toSorted((a, b) => a - b);
    const gaps = spread.slice(1).map((page, at) => page - (spread[at] as number));
    expect(Math.min(...gaps)).toBeGreaterThan(100);
    expect(spread[0]).toBeGreaterThan(0);
  }
});
