import { expect, test } from 'vitest';
import { leadingMeasure, widestNoise } from '#model/statistics.ts';
import { countResult, timeResult } from '../../fixtures/results.ts';

test('leadingMeasure() is that of the answer, and a time where the answer is no comparison', () => {
  expect(leadingMeasure(undefined)).toEqual({ measure: 'totalCpuNs', per: 'sample' });
  expect(leadingMeasure({ shape: 'growth', measure: 'extra.memoryBytes', per: 'sample', along: 'consumers' })).toEqual({
    measure: 'extra.memoryBytes',
    per: 'sample',
  });
  expect(leadingMeasure({ shape: 'distribution' }).measure).toBe('latency.p50');
  const facts = (...columns: ['minorFaults', ...('extra.eachNs' | 'wallNs')[]]) =>
    leadingMeasure({ shape: 'facts', columns, says: '' }).measure;
  expect(facts('minorFaults', 'extra.eachNs', 'wallNs')).toBe('extra.eachNs');
  expect(facts('minorFaults')).toBe('totalCpuNs');
});

test('widestNoise() is that of the worst group, and null where there is none', () => {
  const quiet = timeResult({ rounds: 9, noise: 0.01, seed: 1 });
  const loud = timeResult({ rounds: 9, noise: 0.3, seed: 1 });
  const both = {
    ...quiet,
    series: [...quiet.series, ...loud.series.map((one) => ({ ...one, factors: { ...one.factors, link: 'unix' } }))],
  };
  const by = leadingMeasure(undefined);
  expect(widestNoise(both, by)).toBe(widestNoise(loud, by));
  expect(widestNoise(quiet, by)).toBeLessThan(widestNoise(loud, by) ?? 0);
  expect(widestNoise(timeResult({ rounds: 3 }), by)).toBeNull();
  expect(widestNoise(countResult(), by)).toBeNull();
});
