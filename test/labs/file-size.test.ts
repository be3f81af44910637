/** The lab file-size at toy size: every way looks at every byte, and the same bytes arrive whichever way they were sent. */
import { expect, test } from 'vitest';
import { runToy, seriesAt } from './toy.ts';

const KiB = 1024;

test('every way works with every size, and all come to the same', async () => {
  const result = await runToy('file-size', { bytes: 64 * KiB });
  if (result.kind !== 'time') throw new Error('Expected a time result');
  const sizes = [4, 16, 64, 256, 1024].map((size) => size * KiB);
  expect(result.cannotRun).toEqual([]);
  for (const bytes of sizes) {
    for (const [ways, setting] of [
      [['read', 'mmap'], { work: 'to look at' }],
      [['read', 'mmap', 'sendfile'], { link: 'tcp' }],
    ] as const) {
      for (const variant of ways) {
        const [sample] = seriesAt(result, variant, { bytes, ...setting }).samples;
        const operations = Math.max(16, (64 * KiB) / bytes);
        expect(sample).toMatchObject({ bytes: bytes * operations, extra: { operations } });
      }
    }
    const outcomes = result.integrity.received.filter(({ factors }) => factors.bytes === bytes);
    const looked = outcomes.filter(({ factors }) => factors.link === undefined);
    const operations = Math.max(16, (64 * KiB) / bytes);
    expect(looked.map(({ hash }) => hash)).toEqual(Array(2).fill(String((bytes - 1) * operations)));
    const sent = outcomes.filter(({ factors }) => factors.link === 'tcp');
    expect(new Set(sent.map(({ hash }) => hash)).size).toBe(1);
    expect(sent[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  }
  const [mapped] = seriesAt(result, 'mmap', { bytes: 4 * KiB, work: 'to look at' }).samples;
  // A mapping takes a fault a file at least.
  expect((mapped as { minorFaults: number }).minorFaults).toBeGreaterThanOrEqual(16);
});
