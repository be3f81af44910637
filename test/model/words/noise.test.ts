import { expect, test } from 'vitest';
import type { NoiseCause } from '#model/statistics.ts';
import { noiseCauseText, noiseText } from '#model/words/noise.ts';
import { timeResult } from '../../fixtures/results.ts';

test.each<[NoiseCause, string]>([
  [{ code: 'short', wallNs: 1.37e6 }, 'its samples are short (1.37 ms), so that starting and stopping weigh'],
  [{ code: 'stolen', share: 0.1 }, 'the hypervisor gave 10 % of the CPU time to other machines meanwhile'],
  [{ code: 'few-rounds', rounds: 9 }, 'it has 9 rounds, and few rounds make a wide interval'],
  [
    { code: 'lone-rounds', rounds: 3, of: 15, halfWidth: 0.05 },
    'a few rounds stand out: without 3 of its 15 it would be ±5 %',
  ],
  [
    { code: 'spread', typical: 0.2 },
    'all its rounds vary: in half of them one run took 20 % more than the other, or still more',
  ],
])('noiseCauseText() of %j', (cause, text) => {
  expect(noiseCauseText(cause)).toBe(text);
});

test('noiseText() is one spread, or from the least to the most', () => {
  expect(noiseText(timeResult({ noise: 0.02 }), 'totalCpuNs')).toMatch(/^±\d/);
  expect(noiseText(timeResult({ rounds: 3 }), 'totalCpuNs')).toBe('not known, too few rounds');
});
