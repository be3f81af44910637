import { describe, expect, test } from 'vitest';
import { headline, headlineSeries, wallCompares } from '#model/words/headline.ts';
import { timeEntry, timeResult } from '../../fixtures/results.ts';

const titles = timeEntry.variants;

describe('headline()', () => {
  test("leads with total CPU over loopback TCP, the sender's CPU and the wall time beside it", () => {
    const { main, beside } = headline(timeResult({ links: ['unix', 'tcp'] }), titles);
    expect(main.text).toMatch(/^sendfile spent 4\d % less CPU than read \+ write, .* over loopback TCP \(between/);
    expect(beside).toMatch(/^Loopback TCP: sender's CPU 4\d % less \(.*\), wall time 4\d % less \(.*\)\.$/);
  });

  test('claims nothing when nothing was planted', () => {
    const { main } = headline(timeResult({ costs: { sendfile: 1 }, noise: 0.05 }), titles);
    expect(main.verb).toBe('none');
  });

  test('says more when it costs more', () => {
    expect(headline(timeResult({ costs: { sendfile: 1.5 } }), titles).main.verb).toBe('more');
  });

  test('does not compare wall times on one CPU', () => {
    const result = timeResult({ usableCpus: [0] });
    expect(wallCompares(result)).toBe(false);
    expect(headline(result, titles).beside).not.toContain('wall');
    expect(wallCompares(timeResult({ warnings: [{ code: 'one-cpu', args: {} }] }))).toBe(false);
  });

  test('says that there were too few rounds, and nothing beside it', () => {
    const { main, beside } = headline(timeResult({ rounds: 5 }), titles);
    expect(main.verb).toBe('unknown');
    expect(beside).toBeNull();
  });

  test('says that only the baseline ran', () => {
    const { series, main } = headline(timeResult({ variants: ['read-write'] }), titles);
    expect(series).toBeNull();
    expect(main.text).toBe('Nothing to compare: only read + write ran.');
  });

  test('names the chunk where there are several', () => {
    const { main } = headline(timeResult({ chunks: [4096, 65536] }), titles);
    expect(main.text).toContain('over loopback TCP, 64 KiB a call');
  });
});

test('headlineSeries() takes what is nearest to sendfile over TCP', () => {
  const result = timeResult({ links: ['unix', 'tcp-100k'], variants: ['read-write', 'splice', 'sendfile'] });
  expect(headlineSeries(result)).toMatchObject({ variant: 'sendfile', factors: { link: 'unix' } });
  const without = timeResult({ links: ['unix', 'tcp'], variants: ['read-write', 'splice'] });
  expect(headlineSeries(without)).toMatchObject({ variant: 'splice', factors: { link: 'tcp' } });
});
