import { expect, test } from 'vitest';
import { type BrokerRun, brokerSummary, type ProveBroker, proveResultSchema } from '#model/prove.ts';
import { environment } from '../fixtures/environment.ts';

const kill = (order: number): BrokerRun => {
  return { does: 'kill', order, path: 'mapped', momentMs: 12.5, acknowledged: 30, faults: [] };
};
const whole: readonly BrokerRun[] = [
  ...Array.from({ length: 100 }, (_, at) => kill(at)),
  { does: 'frames', order: 100, seed: 1, frames: 10_000, refused: 8000, faults: [] },
  ...(['kcat', 'java'] as const).flatMap((client) =>
    (['copying', 'mapped', 'sendfile'] as const).map((path): BrokerRun => {
      return { does: 'records', order: 101, client, path, records: 1_000_000, sha256: 'a', faults: [] };
    }),
  ),
];

function series(runs: readonly BrokerRun[], change: Partial<ProveBroker> = {}): ProveBroker {
  return {
    kind: 'prove-broker',
    schemaVersion: 1,
    startedAt: '2026-11-21T10:00:00Z',
    durationNs: 42e9,
    seed: 1,
    share: 1,
    small: false,
    environment,
    parameters: { missing: [] },
    runs: [...runs],
    ...change,
  };
}

test('brokerSummary() counts what was lost of what', () => {
  expect(brokerSummary(series(whole))).toEqual({
    held: true,
    text: 'Of 3,000 acknowledged batches nothing was lost in 100 of 100 kills. The broker stood 10,000 fuzzed frames. 1,000,000 records came back the same in 6 of 6 ways to write and read them.',
  });
});

test('brokerSummary() is failed by one fault, and met by the whole series only', () => {
  const failed = whole.map((run, at) => (at === 7 ? { ...run, faults: ['lost'] } : run));
  expect(brokerSummary(series(failed))).toMatchObject({
    held: false,
    text: expect.stringContaining('99 of 100 kills'),
  });
  expect(brokerSummary(series(whole.slice(0, -1))).held).toBeNull();
  expect(brokerSummary(series(whole.slice(1))).held).toBeNull();
  expect(brokerSummary(series(whole, { share: 0.5 })).held).toBeNull();
  expect(brokerSummary(series([kill(0)], { share: 0.1 })).text).not.toContain('records');
});

test('a series is a result of its own', () => {
  expect(proveResultSchema.parse(series(whole)).kind).toBe('prove-broker');
});
