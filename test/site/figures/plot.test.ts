import { describe, expect, test } from 'vitest';
import { drawPlot, PLOT_HEIGHT, type PlotOptions } from '#site/figures/plot.ts';

const ratios: PlotOptions = { y: 'log', mark: 1, formatY: String, formatX: String };
const values: PlotOptions = { x: 'linear', y: 'linear', formatY: String, formatX: String };
const line = (points: readonly (readonly [string | number, number])[], title = 'a') => ({
  title,
  points: points.map(([at, y]) => ({ at, y, low: y * 0.9, high: y * 1.1 })),
});

describe('drawPlot()', () => {
  test('puts values that double on a logarithmic axis: equal steps for equal factors', () => {
    const { lines } = drawPlot(
      [
        line([
          [4, 1],
          [64, 1],
          [1024, 1],
        ]),
      ],
      ratios,
    );
    expect(lines[0]?.dots.map(({ x }) => x)).toEqual([5, 50, 95]);
  });

  test('puts others on a linear one', () => {
    const { lines } = drawPlot(
      [
        line([
          [0, 1],
          [50, 1],
          [100, 1],
        ]),
      ],
      values,
    );
    expect(lines[0]?.dots.map(({ x }) => x)).toEqual([5, 50, 95]);
    const two = drawPlot(
      [
        line([
          [10, 1],
          [100, 1],
        ]),
      ],
      values,
    );
    expect(two.lines[0]?.dots.map(({ x }) => x)).toEqual([5, 95]);
  });

  test('sets words side by side, and one value in the middle', () => {
    expect(
      drawPlot(
        [
          line([
            ['slow', 1],
            ['fast', 2],
          ]),
        ],
        values,
      ).xTicks,
    ).toEqual([
      { at: 5, label: 'slow', tight: false },
      { at: 95, label: 'fast', tight: false },
    ]);
    expect(drawPlot([line([['only', 1]])], values).lines[0]?.dots[0]?.x).toBe(50);
    expect(drawPlot([line([[7, 1]])], values).lines[0]?.dots[0]?.x).toBe(50);
  });

  test('draws half and double equally far from 1', () => {
    const { lines, mark } = drawPlot(
      [
        line([
          [1, 0.5],
          [2, 1],
          [3, 2],
        ]),
      ],
      ratios,
    );
    const [half, one, double] = lines[0]?.dots ?? [];
    expect(one?.y).toBe(mark);
    expect((half?.y ?? 0) - (mark ?? 0)).toBeCloseTo((mark ?? 0) - (double?.y ?? 0), 1);
  });

  test('keeps every dot and interval inside, the larger value higher', () => {
    for (const options of [ratios, values]) {
      const { lines } = drawPlot(
        [
          line([
            [1, 0.01],
            [2, 30],
            [3, 500],
          ]),
        ],
        options,
      );
      for (const { y, low, high } of lines[0]?.dots ?? []) {
        expect(Math.max(y, low, high)).toBeLessThanOrEqual(PLOT_HEIGHT);
        expect(Math.min(y, low, high)).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(y);
        expect(low).toBeGreaterThanOrEqual(y);
      }
    }
  });

  test('begins a linear axis at 0, and below it where values are', () => {
    expect(
      drawPlot(
        [
          line([
            [1, 50],
            [2, 100],
          ]),
        ],
        values,
      ).yTicks[0],
    ).toEqual({ at: PLOT_HEIGHT, label: '0' });
    const below = drawPlot(
      [
        line([
          [1, -50],
          [2, 100],
        ]),
      ],
      values,
    );
    expect(below.yTicks.find(({ label }) => label === '0')?.at).toBeLessThan(PLOT_HEIGHT);
    expect(
      drawPlot(
        [
          line([
            [1, 0],
            [2, 0],
          ]),
        ],
        values,
      ).lines[0]?.dots[0]?.y,
    ).toBe(PLOT_HEIGHT);
  });

  test('names at most five ratios, 1 among them', () => {
    const { yTicks } = drawPlot(
      [
        line([
          [1, 0.02],
          [2, 60],
        ]),
      ],
      ratios,
    );
    expect(yTicks.length).toBeLessThanOrEqual(6);
    expect(yTicks.map(({ label }) => label)).toContain('1');
  });

  test('leaves labels out that would touch, never the last, and names those that a small screen has no room for', () => {
    const line200 = line([
      [1, 1],
      [10, 1],
      [50, 1],
      [100, 1],
      [200, 1],
    ]);
    const { xTicks } = drawPlot([line200], values);
    expect(xTicks.map(({ label }) => label)).toEqual(['10', '50', '100', '200']);
    expect(xTicks.filter(({ tight }) => tight).map(({ label }) => label)).toEqual(['50']);
  });

  test('places the range in which a line turns', () => {
    const turning = {
      ...line([
        [4, 2],
        [64, 1],
        [1024, 0.5],
      ]),
      turn: [4, 1024] as const,
    };
    expect(drawPlot([turning], ratios).lines[0]?.turn).toEqual({ from: 5, to: 95 });
  });
});
