import { describe, expect, test } from 'vitest';
import { pathOf, paths } from '#model/paths/index.ts';
import { countPath } from '#site/figures/counted-path.ts';
import { BOUNDARY, layOut, WIDTH } from '#site/figures/path-layout.ts';
import { countResult } from '../../fixtures/results.ts';

describe('layOut()', () => {
  test.each(paths.map((path) => [path.technique, path] as const))('keeps %s inside the drawing', (_, path) => {
    for (const route of ['loopback', 'card', 'no-gather'] as const) {
      const [drawing] = layOut([path], route);
      for (const { x, y, width, height } of drawing!.boxes) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(WIDTH);
        expect(y + height).toBeLessThanOrEqual(drawing!.height);
      }
    }
  });

  test('draws every hop of the path, once and in order', () => {
    const path = pathOf('splice');
    const [drawing] = layOut([path], 'card');
    expect(drawing!.hops.map(({ hop }) => hop)).toEqual(path.hops('card'));
  });

  test('puts memory of programs on the other side of the boundary than the kernel', () => {
    const [drawing] = layOut([pathOf('read-write')], 'loopback');
    const side = (place: string) => drawing!.boxes.find((box) => box.place === place)!.x > BOUNDARY;
    expect(['disk', 'page cache', 'send queue', 'receive queue'].map(side)).toEqual([false, false, false, false]);
    expect(['user memory', "receiver's memory"].map(side)).toEqual([true, true]);
  });

  test('gives a place the same height in paths beside each other, and shows what one passes by', () => {
    const [copying, sending] = layOut([pathOf('read-write'), pathOf('sendfile')], 'loopback');
    const heightOf = (drawing: typeof copying, place: string) => drawing!.boxes.find((box) => box.place === place)!.y;
    expect(heightOf(sending, 'send queue')).toBe(heightOf(copying, 'send queue'));
    expect(copying!.boxes.filter((box) => box.passedBy)).toEqual([]);
    expect(sending!.boxes.filter((box) => box.passedBy).map((box) => box.place)).toEqual(['user memory']);
  });

  test('draws no box that a line of its own path would cross', () => {
    const [copying] = layOut([pathOf('read-write'), pathOf('splice')], 'loopback');
    expect(copying!.boxes.map((box) => box.place)).not.toContain('pipe');
  });

  test("numbers the sender's copies and not the receiver's", () => {
    const [drawing] = layOut([pathOf('read-write')], 'loopback');
    expect(drawing!.hops.filter(({ hop }) => hop.by === 'cpu').map(({ senderCopy }) => senderCopy)).toEqual([
      1,
      2,
      null,
    ]);
  });

  test('never lets the words of two hops share a line', () => {
    for (const path of paths) {
      const [drawing] = layOut([path], 'loopback');
      const lines = drawing!.hops.map(({ label }) => label.y);
      for (const [index, y] of lines.slice(1).entries()) expect(y - lines[index]!).toBeGreaterThan(26);
    }
  });

  test('keeps three lines at each hop clear of the next hop and of the boxes when it is counted', () => {
    for (const path of paths) {
      const [drawing] = layOut([path], 'no-gather', [countPath(countResult(), path, 'no-gather')]);
      const lines = drawing!.hops.map(({ label }) => label.y);
      for (const [index, y] of lines.slice(1).entries()) expect(y - lines[index]!).toBeGreaterThan(39);
      for (const { y, height } of drawing!.boxes) {
        const touching = lines.filter((line) => line + 26 + 3 > y && line - 10 < y + height);
        expect(touching, path.technique).toEqual([]);
      }
    }
  });

  test('is as it was where nothing was counted', () => {
    const path = pathOf('sendfile');
    expect(layOut([path], 'card', [undefined])).toEqual(layOut([path], 'card'));
  });

  test('ends at the card where there is one', () => {
    const [drawing] = layOut([pathOf('sendfile')], 'card');
    expect(drawing!.receiverFrom).toBeNull();
    expect(drawing!.boxes.at(-1)!.place).toBe('network card');
  });
});
