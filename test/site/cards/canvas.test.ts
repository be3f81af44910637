import { expect, test } from 'vitest';
import { Canvas } from '#site/cards/canvas.ts';

test('a pen leaves full ink on its line, less at the edge, none beyond', () => {
  const canvas = new Canvas(
    20,
    11,
    [255, 255, 255],
    [
      [0, 0, 0],
      [255, 0, 0],
    ],
  );
  canvas.draw(
    1,
    [
      [
        { x: 4, y: 5 },
        { x: 15, y: 5 },
      ],
    ],
    3,
  );
  const at = (x: number, y: number) => canvas.pixels[y * 20 + x];
  expect(at(10, 5)).toBe(30);
  expect(at(10, 6)).toBe(30);
  expect(at(10, 7)).toBe(0);
  expect(at(2, 5)).toBe(0);
  expect(canvas.palette[30]).toEqual([255, 0, 0]);
  expect(canvas.palette[0]).toEqual([255, 255, 255]);
});

test('drawing over the edge draws what is inside', () => {
  const canvas = new Canvas(4, 4, [255, 255, 255], [[0, 0, 0]]);
  canvas.draw(
    0,
    [
      [
        { x: -9, y: 2 },
        { x: 9, y: 2 },
      ],
    ],
    2,
  );
  canvas.fill(0, -5, -5, 100, 6);
  expect([...canvas.pixels.subarray(0, 4)]).toEqual([15, 15, 15, 15]);
  expect([...canvas.pixels.subarray(8, 12)]).toEqual([15, 15, 15, 15]);
});

test('refuses more inks than a byte can tell apart', () => {
  const many = Array.from({ length: 18 }, () => [0, 0, 0] as const);
  expect(() => new Canvas(1, 1, [0, 0, 0], many)).toThrow('Cannot mix 18 inks: at most 17');
});
