import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Canvas } from '#site/cards/canvas.ts';
import { compress, pngOf } from '#site/cards/png.ts';
import { uniform } from '../../fixtures/random.ts';

describe('compress()', () => {
  const next = uniform(3);
  const random = Uint8Array.from({ length: 5000 }, () => next() * 256);
  test.each([
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(200)],
    ['zeros', new Uint8Array(100_000)],
    [
      'every length of a repeat',
      Uint8Array.from({ length: 40_000 }, (_, at) => (Math.sqrt(2 * at) % 1 < 0.02 ? 1 : 0)),
    ],
    ['noise', random],
    ['rows that repeat', Uint8Array.from({ length: 30_000 }, (_, at) => random[at % 1201]!)],
  ])('is undone by zlib: %s', (_, bytes) => {
    expect(inflateSync(compress(bytes, [1, 1201])).equals(Buffer.from(bytes))).toBe(true);
  });

  test('makes what repeats small', () => expect(compress(new Uint8Array(100_000), [1]).length).toBeLessThan(800));
});

test('pngOf() writes the pixels of the canvas with its palette', () => {
  const canvas = new Canvas(5, 3, [255, 255, 255], [[0, 0, 0]]);
  canvas.fill(0, 1, 1, 2, 1);
  const png = pngOf(canvas);
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  expect([...rows]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 15, 15, 0, 0, 0, 0, 0, 0, 0, 0]);
  const colours = png.subarray(png.indexOf('PLTE') + 4);
  expect([...colours.subarray(0, 3)]).toEqual([255, 255, 255]);
  expect([...colours.subarray(45, 48)]).toEqual([0, 0, 0]);
});
