/** The bar, on what was recorded last (`./zc exec node test/site/lighthouse.ts`): Lighthouse's mobile preset, median of five. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type LighthouseRun, lighthouseSchema, medianOf } from './lighthouse-record.ts';

const record = lighthouseSchema.parse(JSON.parse(readFileSync(new URL('lighthouse.json', import.meta.url), 'utf8')));

test('covers home, an article, a lab and the verdicts', () => {
  expect(record.pages.map(({ path }) => path)).toEqual(['/', '/sendfile/', '/labs/file-to-socket/', '/verdicts/']);
});

describe.each(record.pages)('$path', ({ runs }) => {
  test.each(['accessibility', 'bestPractices', 'seo'] as const)('has full marks in %s', (category) =>
    expect(medianOf(runs, category)).toBe(100),
  );
  test('has 98 at least in performance', () => expect(medianOf(runs, 'performance')).toBeGreaterThanOrEqual(98));
  test('shifts nothing', () => expect(medianOf(runs, 'layoutShift')).toBeLessThanOrEqual(0.01));
});

test('medianOf() is neither the best nor the mean', () => {
  const runs = [90, 100, 91, 100, 92].map((performance) => ({ performance }) as LighthouseRun);
  expect(medianOf(runs, 'performance')).toBe(92);
});
