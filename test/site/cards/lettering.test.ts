import { describe, expect, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import { glyphs } from '#site/cards/glyphs.ts';
import { strokesOf, widthOf, wrap, write } from '#site/cards/lettering.ts';

describe('glyphs', () => {
  test.each(Object.entries(glyphs))('%s stays in its width, between the lines', (_, [width, strokes]) => {
    const points = strokesOf(strokes).flat();
    expect(points.length).toBeGreaterThan(1);
    for (const { x, y } of points) {
      expect(x).toBeGreaterThanOrEqual(-0.8);
      expect(x).toBeLessThanOrEqual(width + 0.8);
      expect(y).toBeGreaterThanOrEqual(-5);
      expect(y).toBeLessThanOrEqual(17);
    }
  });

  test('are there for every claim', () => {
    for (const { id, statement } of claims) expect(widthOf(`${id} ${statement}`, 20)).toBeGreaterThan(50);
  });

  test('that are missing are named', () => {
    expect(() => write('5 ℃', 20, { x: 0, y: 0 })).toThrow("Cannot draw '℃': give it a glyph");
  });
});

test('wrap() fills lines and loses no word', () => {
  const text = 'Kafka with and without zero copy, from end to end';
  const lines = wrap(text, 20, 200);
  expect(lines.join(' ')).toBe(text);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(widthOf(line, 20)).toBeLessThanOrEqual(200);
  expect(wrap('incomprehensibilities', 20, 10)).toEqual(['incomprehensibilities']);
});

test('write() begins where it is told and ends where widthOf() says', () => {
  const points = write('HI', 14, { x: 100, y: 50 }).flat();
  expect(Math.min(...points.map(({ x }) => x))).toBe(100);
  expect(Math.max(...points.map(({ x }) => x))).toBeLessThanOrEqual(100 + widthOf('HI', 14));
  expect(Math.max(...points.map(({ y }) => y))).toBe(50);
  expect(Math.min(...points.map(({ y }) => y))).toBe(36);
});
