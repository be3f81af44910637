import { describe, expect, test } from 'vitest';
import {
  type ExplainRun,
  explainBar,
  explainSummary,
  firstRanked,
  isFirst,
  isFirstBesides,
  type ProveExplain,
  proveExplainSchema,
} from '#model/prove.ts';
import { environment } from '../fixtures/environment.ts';
import { timeResult } from '../fixtures/results.ts';
import { explainedRun } from './explain.ts';
import { proveText } from './prove-text.ts';

const run = (provoked: string, ...codes: string[]): ExplainRun => ({
  order: 0,
  provoked,
  empty: 0,
  seed: 1,
  measure: 'totalCpuNs',
  ratio: 1.2,
  reasons: codes.map((code) => ({ code, weight: 0.5, args: {} })),
});

test('isFirst() looks past nothing', () => {
  expect(isFirst(run('evicted', 'evicted', 'small-buffer'))).toBe(true);
  expect(isFirst(run('evicted', 'busy-machine', 'evicted'))).toBe(false);
  expect(isFirst(run('evicted'))).toBe(false);
});

test('isFirstBesides() looks past what the machine did besides, and past nothing else', () => {
  expect(isFirstBesides(run('evicted', 'evicted', 'small-buffer'))).toBe(true);
  expect(isFirstBesides(run('evicted', 'busy-machine', 'evicted'))).toBe(true);
  expect(isFirstBesides(run('evicted', 'small-buffer', 'evicted'))).toBe(false);
  expect(isFirstBesides(run('evicted'))).toBe(false);
  expect(isFirstBesides(run('busy-machine', 'small-buffer', 'busy-machine'))).toBe(false);
  expect(isFirstBesides(run('receiver-bound', 'receiver-late'))).toBe(false);
  expect(isFirstBesides(run('receiver-bound', 'busy-machine', 'receiver-late'))).toBe(true);
});

describe('explainSummary()', () => {
  const series = (runs: readonly ExplainRun[], more: Partial<ProveExplain> = {}): ProveExplain =>
    proveExplainSchema.parse({
      kind: 'prove-explain',
      schemaVersion: 1,
      startedAt: '2026-11-21T10:00:00.000Z',
      durationNs: 1,
      seed: 1,
      share: 1,
      small: false,
      environment,
      parameters: { reasons: ['evicted'], each: runs.length },
      runs,
      ...more,
    });
  const right = (many: number) => Array.from({ length: many }, () => run('evicted', 'evicted'));
  const wrong = (many: number) => Array.from({ length: many }, () => run('evicted', 'small-buffer', 'evicted'));
  const { runs: all, leastFirst } = explainBar;

  test('the bar is for a full series', () => {
    expect(explainSummary(series(right(all))).held).toBe(true);
    expect(explainSummary(series([...right(leastFirst), ...wrong(all - leastFirst)])).held).toBe(true);
    expect(explainSummary(series([...right(leastFirst - 1), ...wrong(all - leastFirst + 1)])).held).toBe(false);
    expect(explainSummary(series(right(all), { share: 0.5 })).held).toBeNull();
    expect(explainSummary(series(right(all - 1))).held).toBeNull();
  });

  test('names the reasons that were missed, and the runs that explained nothing', () => {
    const some = series([{ ...run('evicted', 'evicted'), empty: 2 }, ...wrong(1)]);
    expect(firstRanked(some)).toEqual([{ reason: 'evicted', first: 1, runs: 2 }]);
    expect(explainSummary(some).text).toBe(
      'Of 2 runs with a reason that was made, 1 ranked it first (evicted in 1 of 2); 2 more runs showed the gain all the same.',
    );
  });

  test('counts apart where the machine itself was named before the reason', () => {
    const busy = series([...right(1), run('evicted', 'busy-machine', 'evicted')]);
    expect(explainSummary(busy).text).toBe(
      'Of 2 runs with a reason that was made, 1 ranked it first (evicted in 1 of 2), and 1 more ranked it after what the machine did besides; 0 more runs showed the gain all the same.',
    );
  });

  test('is text and comes back', () => {
    expect(proveExplainSchema.parse(JSON.parse(proveText(series(right(2)))))).toEqual(series(right(2)));
  });
});

test('explainedRun() keeps nothing of a run in which the gain was there', () => {
  const about = { order: 0, provoked: 'evicted', empty: 0 };
  expect(explainedRun(timeResult(), about)).toMatchObject({ measure: null, ratio: null, reasons: [] });
  expect(explainedRun(timeResult({ costs: { sendfile: 2 } }), about).measure).toBe('totalCpuNs');
});
