import { describe, expect, test } from 'vitest';
import { costs, costWords } from '#site/figures/cost.ts';

describe('costWords()', () => {
  test('leaves out what costs nothing', () => {
    expect(costWords({ seconds: 1, diskBytes: 0, memoryBytes: 0 })).toBe('about 1 s');
  });

  test('says minutes above ninety seconds', () => {
    expect(costWords({ seconds: 150, diskBytes: 2 ** 28, memoryBytes: 2 ** 29 })).toBe(
      'about 3 minutes, 256 MiB of disk, 512 MiB of memory',
    );
  });

  test('costs() says one line where all ways cost the same', () => {
    const cost = { seconds: 1, diskBytes: 0, memoryBytes: 0 };
    const entry = { cost: { quick: cost, default: cost, full: cost } } as Parameters<typeof costs>[0];
    expect(costs(entry)).toEqual([{ flag: '', words: 'about 1 s' }]);
  });
});
