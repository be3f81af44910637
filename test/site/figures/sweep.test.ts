import { describe, expect, test } from 'vitest';
import type { Along } from '#model/statistics.ts';
import { drawGrowth } from '#site/figures/growth.ts';
import { drawSweep } from '#site/figures/sweep.ts';
import { crossoverEntry, crossoverResult, growthEntry, growthResult } from '../../fixtures/results.ts';

describe('drawSweep()', () => {
  const answer = crossoverEntry.answer as Along;
  const [panel] = drawSweep(crossoverResult(), crossoverEntry, answer);

  test('has a line a variant, and none of the baseline, which is the line at 1', () => {
    expect(panel?.plot.lines.map(({ title }) => title)).toEqual(['mmap', 'sendfile']);
    expect(panel?.plot.mark).not.toBeNull();
  });

  test('draws mmap above 1 at 4 KiB and below it at 1 MiB, and marks where it turns', () => {
    const [mmap, sendfile] = panel?.plot.lines ?? [];
    const one = panel?.plot.mark ?? 0;
    expect(mmap?.dots.at(0)?.y).toBeLessThan(one);
    expect(mmap?.dots.at(-1)?.y).toBeGreaterThan(one);
    expect(mmap?.turn).toEqual({ from: mmap?.dots[2]?.x, to: mmap?.dots[4]?.x });
    expect(sendfile?.turn).toBeNull();
  });

  test('labels sizes as sizes', () => {
    expect(panel?.plot.xTicks.map(({ label }) => label)).toEqual(['4 KiB', '16 KiB', '64 KiB', '256 KiB', '1 MiB']);
  });

  test('draws nothing from too few rounds', () => {
    expect(drawSweep(crossoverResult({ rounds: 3 }), crossoverEntry, answer)[0]?.plot.lines).toEqual([]);
  });
});

describe('drawGrowth()', () => {
  const answer = growthEntry.answer as Along;
  const panels = drawGrowth(growthResult(), growthEntry, answer);

  test('has a panel for each group of the other settings', () => {
    expect(panels.map(({ title }) => title)).toEqual(['1 KiB a message', '64 KiB a message']);
  });

  test('draws write rising and sendfile flat', () => {
    const [write, sendfile] = panels[0]?.plot.lines ?? [];
    const rise = (dots: readonly { y: number }[] = []) => (dots.at(0)?.y ?? 0) - (dots.at(-1)?.y ?? 0);
    expect(rise(write?.dots)).toBeGreaterThan(150);
    expect(Math.abs(rise(sendfile?.dots))).toBeLessThan(2);
  });

  test('labels round values in their unit', () => {
    const labels = panels[0]?.plot.yTicks.map(({ label }) => label);
    expect(labels).toEqual(['0', '200 MiB', '400 MiB', '600 MiB', '800 MiB']);
  });
});
