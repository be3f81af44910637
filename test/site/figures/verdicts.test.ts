import { describe, expect, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import { articleRows, evidenceFrom, verdictRows } from '#site/figures/verdicts.ts';
import { allClaimResults } from '../../fixtures/claims-results.ts';
import { timeResult } from '../../fixtures/results.ts';

const entries = Object.entries(allClaimResults).map(([lab, make]) => ({ id: `reference-vm/${lab}`, data: make() }));

describe('verdictRows()', () => {
  const rows = verdictRows(claims, evidenceFrom(entries));
  const row = (id: string) => rows.find((one) => one.id === id);

  test('has both scales apart, and the labs', () => {
    expect(row('A2')).toMatchObject({ sources: 'True, with conditions', machine: 'Held here', labs: ['count-copies'] });
    expect(row('A4')).toMatchObject({
      sources: 'True, with conditions',
      machine: 'Did not hold here',
      labs: ['count-copies', 'scatter-gather'],
      saidBy: '1, 2, 3, 4, 5',
    });
    expect(row('A4')?.reason).toMatch(/^Not tested: the two transfers by disk and card \(DMA\)/);
    expect(row('A5')).toMatchObject({ sources: 'Misleading', state: 'not-held', machine: 'Did not hold here' });
  });

  test('says why there is no verdict', () => {
    expect(row('C1')).toMatchObject({
      state: 'not-run',
      labs: [],
      reason: expect.stringMatching(/^No lab decides it: it is history, .*\.$/),
    });
    const none = verdictRows(claims, {});
    expect(none.every(({ state, reason }) => reason !== '' && !['held', 'not-held'].includes(state))).toBe(true);
  });
});

describe('evidenceFrom()', () => {
  test('takes the reference machine first, and another for what it lacks', () => {
    const [own, guest] = [timeResult({ seed: 1 }), timeResult({ seed: 2 })];
    const elsewhere = entries
      .filter(({ data }) => data.lab === 'count-copies')
      .map((one) => ({ ...one, id: 'guest/count-copies' }));
    const both = [
      { id: 'z/file-to-socket', data: guest },
      { id: 'reference-vm/file-to-socket', data: own },
      ...elsewhere,
    ];
    const evidence = evidenceFrom(both);
    expect(evidence['file-to-socket']).toBe(own);
    expect(evidence['count-copies']).toBe(elsewhere[0]?.data);
    expect(evidence['shared-pages']).toBeUndefined();
  });
});

test('articleRows() counts what the sources say of each article', () => {
  const rows = articleRows();
  expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  for (const { number, counts } of rows) {
    const sum = [...counts.matchAll(/:\u00a0(\d+)/g)].reduce((all, [, one]) => all + Number(one), 0);
    expect(sum).toBe(claims.filter(({ saidBy }) => saidBy.includes(number)).length);
  }
});
