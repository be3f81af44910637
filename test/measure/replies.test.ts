import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { timeReplies } from '#measure/replies.ts';
import { withSession } from '#measure/session.ts';
import { labResultSchema, type TimeResult } from '#model/result.ts';
import lab from '../../labs/latency.ts';

const amount = { rounds: 2, replies: [100, 16_384], requests: 20 };

test('every request is timed from its planned start, and every way brings the same bytes', async () => {
  const request = { mode: 'quick', rounds: null, bytes: null, receiver: 'copy', seed: 7 } as const;
  const options = { request, labFile: resolve('labs/latency.ts'), work: undefined, diskBytes: 0, progress: () => {} };
  const run = timeReplies({ quick: amount, default: amount, full: amount });
  const signal = new AbortController().signal;
  const result = await withSession({ ...options, signal }, (session) => run(lab, session));
  const { series, integrity, parameters } = labResultSchema.parse(result) as TimeResult;

  expect(parameters).toMatchObject({ requests: 20 });
  for (const { samples } of series) {
    expect(samples).toHaveLength(2);
    for (const { latenciesNs = [], bytes, wallNs } of samples) {
      expect(latenciesNs).toHaveLength(20);
      expect(latenciesNs.every((ns) => ns > 0)).toBe(true);
      expect(bytes % 20).toBe(0);
      // The last request starts 19 intervals after the first.
      expect(wallNs).toBeGreaterThan(19 * Number(parameters.intervalNs));
    }
  }
  // Fifty requests more are asked before the clock starts: each reply is one call of each path.
  const calls = series.map(({ variant, samples }) => `${variant} ${JSON.stringify(samples[0]?.calls)}`);
  expect(new Set(calls)).toEqual(new Set(['read-write {"pread":70,"write":70}', 'sendfile {"sendfile":70}']));
  expect(new Set(integrity.received.map(({ hash }) => hash)).size).toBe(2);
});
