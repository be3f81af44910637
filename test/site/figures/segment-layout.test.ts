import { describe, expect, test } from 'vitest';
import { layOutSegment } from '#model/layouts/segment.ts';
import { drawSegment, lookupSteps } from '#site/figures/segment-layout.ts';

const layout = layOutSegment(
  100,
  [3, 3, 3, 3, 3].map((records) => ({ records, bytes: 3000 })),
);

describe('drawSegment()', () => {
  test('draws batches as high as they have bytes, one under the other', () => {
    const { batches, height } = drawSegment(layout, 110);
    for (const [index, { y, height }] of batches.entries()) {
      expect(y).toBeCloseTo(index === 0 ? batches[0]!.y : batches[index - 1]!.y + batches[index - 1]!.height);
      expect(height).toBeCloseTo(batches[0]!.height);
    }
    expect(batches.at(-1)!.y + batches.at(-1)!.height).toBeLessThan(height);
  });

  test('leads each entry to the top of its batch, and marks what the lookup uses', () => {
    const { batches, entries } = drawSegment(layout, 110);
    for (const { entry, leadsTo } of entries) {
      expect(leadsTo).toBe(batches.find(({ batch }) => batch.position === entry.position)!.y);
    }
    expect(entries.map(({ used }) => used)).toEqual([true, false]);
    expect(batches.map(({ role }) => role)).toEqual(['passed by', 'passed by', 'read', 'found', 'passed by']);
  });
});

test('lookupSteps() tells the search, with an entry and without one', () => {
  const at = (offset: number) => lookupSteps(layout, drawSegment(layout, offset).lookup, offset).join(' ');
  expect(at(110)).toContain('is +8, offset 108, at position 6,000. From there 2 headers are read');
  expect(at(101)).toContain('reading begins with the file. From there one header is read');
});
