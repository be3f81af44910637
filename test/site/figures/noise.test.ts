import { describe, expect, test } from 'vitest';
import type { CatalogueEntry } from '#model/catalogue.ts';
import { noiseMachines, noiseRows, noiseSummary } from '#site/figures/noise.ts';
import { countResult, timeResult } from '../../fixtures/results.ts';

const entry = (id: string): CatalogueEntry =>
  ({ id, variants: {}, factors: {} }) as Partial<CatalogueEntry> as CatalogueEntry;
const catalogue = [entry('quiet'), entry('loud'), entry('counted')];
const quiet = { ...timeResult({ rounds: 7, noise: 0.01 }), lab: 'quiet' };
const loud = { ...timeResult({ rounds: 15, noise: 0.4, seed: 2, links: ['tcp', 'unix'] }), lab: 'loud' };

describe('noiseRows()', () => {
  const rows = noiseRows([quiet, loud, { ...countResult(), lab: 'counted' }, { ...loud, lab: 'gone' }], catalogue);

  test('are those of timed labs, the noisiest first, and say why where it is much', () => {
    expect(rows.map(({ lab, wide }) => [lab, wide])).toEqual([
      ['loud', true],
      ['quiet', false],
    ]);
    expect(rows[0]?.why).toMatch(/^(loopback TCP|AF_UNIX): all its rounds vary/);
    expect(rows[0]).toMatchObject({
      measure: 'total CPU',
      noise: expect.stringMatching(/^±\d/),
      wider: expect.stringMatching(/^±/),
    });
    expect(rows[1]).toMatchObject({ why: '', wider: '–' });
  });

  test('noiseMachines() says where most were recorded, and which were elsewhere', () => {
    const [one, other] = rows.map((row, at) => ({ ...row, machine: at === 0 ? 'later' : 'first' }));
    expect(noiseMachines([other!, other!, one!])).toBe('first, loud on later');
    expect(noiseMachines([other!])).toBe('first');
  });

  test('noiseSummary() counts them', () => {
    expect(noiseSummary(rows)).toBe('1 of 2 timed labs stay within ±15 % everywhere.');
    expect(noiseSummary(rows.slice(1))).toBe('All 1 timed labs stay within ±15 % everywhere.');
  });
});
