/** The lab buffer-size at toy size: the same bytes arrive in calls of any size, and answers with their headers. */
import { expect, test } from 'vitest';
import { pageSize } from '#libc';
import { extras } from './lab-run.ts';
import { runToy, seriesAt } from './toy.ts';

const KiB = 1024;
const BYTES = 128 * KiB;

test('the same bytes arrive in calls of any size, and in answers', async () => {
  const result = await runToy('buffer-size', { mode: 'default', rounds: 1, bytes: BYTES });
  if (result.kind !== 'time') throw new Error('Expected a time result');
  expect(result.cannotRun).toEqual([]);
  for (const chunk of [100, KiB, 4 * KiB, 64 * KiB]) {
    const count = Math.floor(BYTES / chunk);
    const own = { chunk, headerBytes: undefined };
    expect(seriesAt(result, 'sendfile', own).samples[0]).toMatchObject({
      bytes: count * chunk,
      extra: { calls: count },
    });
    if (chunk >= 4 * KiB) {
      expect(seriesAt(result, 'sendfile-whole', own).samples[0]).toMatchObject({ bytes: count * chunk });
    }
    const [copied] = seriesAt(result, 'read-write', own).samples;
    expect(copied).toMatchObject({ extra: { calls: 2 * count } });
  }
  for (const headerBytes of [0, 60]) {
    for (const offsetBytes of [0, 2 * KiB]) {
      for (const variant of ['read-write', 'sendfile']) {
        const [sample] = seriesAt(result, variant, { headerBytes, offsetBytes }).samples;
        expect(sample).toMatchObject({ bytes: 40 * (65_024 + headerBytes), extra: { operations: 40 } });
      }
    }
  }
  // 17 pages and a header are one piece more than a packet buffer holds (MAX_SKB_FRAGS), where pages have 4 KiB.
  const segments = (headerBytes: number, offsetBytes: number) =>
    extras(result, 'headerBytes', 'offsetBytes')[`sendfile ${headerBytes} ${offsetBytes}`]?.segmentsPerAnswer;
  if (pageSize() === 4096) {
    for (const [headerBytes, offsetBytes] of [
      [0, 0],
      [0, 2 * KiB],
      [60, 0],
    ] as const) {
      expect(segments(headerBytes, offsetBytes)).toBeLessThan(1.5);
    }
    expect(segments(60, 2 * KiB)).toBeGreaterThanOrEqual(2);
  }
  // A way that sent other bytes, or in another order, would have ended the run.
  for (const rows of Map.groupBy(result.integrity.received, ({ factors }) => JSON.stringify(factors)).values()) {
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(1);
  }
});
