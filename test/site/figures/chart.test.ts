import { describe, expect, test } from 'vitest';
import { drawChart } from '#site/figures/chart.ts';
import { timeEntry, timeResult } from '../../fixtures/results.ts';

const result = timeResult({
  links: ['tcp', 'unix'],
  costs: { sendfile: 0.5, splice: 1, 'node-stream': 3 },
  noise: 0.01,
});
const chart = drawChart(result, 'totalCpuNs', timeEntry.variants);
const row = (variant: string) => chart.groups[0]!.rows.find((each) => each.variant === variant)!;

describe('drawChart()', () => {
  test('groups by link and names what differs', () => {
    expect(chart.groups.map(({ title }) => title)).toEqual(['loopback TCP', 'AF_UNIX']);
  });

  test('has a row for every path but the baseline, which is the line at 1', () => {
    expect(chart.groups[0]!.rows.map(({ variant }) => variant)).toEqual([
      'mmap-write',
      'sendfile',
      'splice',
      'node-stream',
    ]);
    expect(row('sendfile').title).toBe('sendfile');
  });

  test('places half the cost half way to 1', () => {
    expect(row('sendfile').at!.dot).toBeCloseTo(chart.one / 2, 0);
    expect(row('sendfile').verb).toBe('less');
  });

  test('keeps the widest interval in the drawing', () => {
    const { high } = row('node-stream').at!;
    expect(high).toBeLessThanOrEqual(100);
    expect(row('node-stream').amount).toMatch(/times as much$/);
  });

  test('draws the noise as a band around 1', () => {
    const { from, to } = chart.groups[0]!.noise!;
    expect(from).toBeLessThan(chart.one);
    expect(to).toBeGreaterThan(chart.one);
  });

  test('says it when a difference cannot be seen', () => {
    const same = drawChart(
      timeResult({ costs: { sendfile: 1 }, noise: 0.05, seed: 5 }),
      'totalCpuNs',
      timeEntry.variants,
    );
    expect(same.groups[0]!.rows.find(({ variant }) => variant === 'sendfile')!.amount).toBe('no difference seen');
  });

  test('draws nothing from too few rounds, and says why', () => {
    const few = drawChart(timeResult({ rounds: 3 }), 'totalCpuNs', timeEntry.variants);
    expect(few.groups[0]!.noise).toBeNull();
    expect(few.groups[0]!.rows[0]).toMatchObject({ at: null, amount: 'too few rounds' });
  });

  test('draws only the links and paths it is asked for', () => {
    const some = drawChart(result, 'totalCpuNs', timeEntry.variants, { links: ['unix'], only: ['splice'] });
    expect(some.groups.map(({ title, rows }) => [title, rows.length])).toEqual([['AF_UNIX', 1]]);
  });
});
