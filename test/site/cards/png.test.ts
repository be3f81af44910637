import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Canvas } from '#site/cards/canvas.ts';
import { pngOf } from '#site/cards/png.ts';

test('pngOf() makes few bytes of what repeats', () => {
  const canvas = new Canvas(1200, 630, [255, 255, 255], [[0, 0, 0]]);
  canvas.fill(0, 10, 10, 500, 300);
  expect(pngOf(canvas).length).toBeLessThan(4000);
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
