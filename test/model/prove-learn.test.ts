import { expect, test } from 'vitest';
import { type LearnRun, learnSummary, type ProveLearn, proveResultSchema } from '#model/prove.ts';
import { environment } from '../fixtures/environment.ts';

function series(faults: readonly string[][], change: Partial<ProveLearn> = {}): ProveLearn {
  const runs = faults.map((each, order): LearnRun => {
    return { order, interruption: 'kill', seed: order + 1, saves: 3, checked: 2, snapshots: 4, faults: each };
  });
  return {
    kind: 'prove-learn',
    schemaVersion: 1,
    startedAt: '2026-11-21T10:00:00Z',
    durationNs: 42e9,
    seed: 1,
    share: 1,
    small: false,
    environment,
    parameters: { exercise: '10-header-and-file' },
    runs,
    ...change,
  };
}

const twenty = Array.from({ length: 20 }, (): string[] => []);

test('learnSummary() counts the sessions in which nothing was lost', () => {
  expect(learnSummary(series(twenty))).toEqual({
    held: true,
    text: 'Nothing was lost in 20 of 20 interrupted sessions, with 60 saves of which 40 had been checked.',
  });
});

test('learnSummary() is failed by one loss, and never met by a part', () => {
  expect(learnSummary(series([...twenty, ['What was checked is not kept']])).held).toBe(false);
  expect(learnSummary(series(twenty.slice(0, 2), { share: 0.1 })).held).toBeNull();
  expect(learnSummary(series([['lost']], { share: 0.1 })).held).toBe(false);
});

test('a series is a result of its own', () => {
  expect(proveResultSchema.parse(series(twenty)).kind).toBe('prove-learn');
});
