import { describe, expect, test } from 'vitest';
import { pathOf, paths, spotKey, systemHops } from '#model/paths/index.ts';
import { laneCentres, layOutSystem, SYSTEM_WIDTH } from '#site/figures/system-layout.ts';

describe('layOutSystem()', () => {
  test.each(paths.map((path) => [path.technique, path] as const))('keeps %s inside the drawing', (_, path) => {
    const [drawing] = layOutSystem([path]);
    expect(drawing!.hops.map(({ hop }) => hop)).toEqual(systemHops(path));
    for (const { x, y, width, height } of drawing!.boxes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(SYSTEM_WIDTH);
      expect(y + height).toBeLessThanOrEqual(drawing!.height);
    }
  });

  test('gives a place the same height with both paths, and shows the program that one passes by', () => {
    const [copying, sending] = layOutSystem([pathOf('read-write'), pathOf('sendfile')]);
    const at = (drawing: typeof copying, key: string) => drawing!.boxes.find(({ spot }) => spotKey(spot) === key)!.y;
    for (const { spot } of sending!.boxes) expect(at(sending, spotKey(spot))).toBe(at(copying, spotKey(spot)));
    expect(copying!.boxes.filter(({ passedBy }) => passedBy)).toEqual([]);
    expect(sending!.boxes.filter(({ passedBy }) => passedBy).map(({ spot }) => spotKey(spot))).toEqual([
      'broker, user memory, out',
    ]);
  });

  test("numbers the broker's copies and nobody else's", () => {
    const [copying, sending] = layOutSystem([pathOf('read-write'), pathOf('sendfile')]);
    const numbers = (drawing: typeof copying) => drawing!.hops.flatMap(({ copy }) => copy ?? []);
    expect(numbers(copying)).toEqual([1, 2, 3, 4]);
    expect(numbers(sending)).toEqual([1, 2]);
  });

  test('draws no line through a box of its own path', () => {
    for (const drawing of layOutSystem([pathOf('read-write'), pathOf('sendfile')])) {
      for (const { hop, mark } of drawing.hops) {
        const inside = drawing.boxes.filter(
          ({ x, y, width, height }) => mark.x > x && mark.x < x + width && mark.y > y && mark.y < y + height,
        );
        expect(inside, `${spotKey(hop.from)} → ${spotKey(hop.to)}`).toEqual([]);
      }
    }
  });

  test('keeps the words of two hops apart', () => {
    const [drawing] = layOutSystem([pathOf('read-write')]);
    const lines = drawing!.hops.map(({ label }) => label).toSorted((a, b) => a.y - b.y);
    for (const [index, label] of lines.slice(1).entries()) {
      const before = lines[index]!;
      if (label.anchor === before.anchor) expect(label.y - before.y, `${label.y}`).toBeGreaterThanOrEqual(26);
    }
  });

  test('names each machine once, in order', () => {
    const [drawing] = layOutSystem([pathOf('sendfile')]);
    expect(drawing!.machines.map(({ machine }) => machine)).toEqual(['producer', 'broker', 'consumer']);
    expect(new Set(Object.values(laneCentres)).size).toBe(3);
  });
});
