/** The lab file-to-socket in full at toy size: also the file as a row of answers, with their headers, from any byte of a page. */
import { expect, test } from 'vitest';
import { runToy, seriesAt } from './toy.ts';

const KiB = 1024;
const ANSWER = 65_024;

test('the file arrives as a whole, and as a row of answers', async () => {
  const result = await runToy('file-to-socket', { mode: 'full', bytes: 256 * KiB });
  if (result.kind !== 'time') throw new Error('Expected a time result');
  expect(result.cannotRun).toEqual([]);
  const whole = result.series.filter(({ factors }) => factors.headerBytes === undefined);
  expect(whole.every(({ samples }) => samples.every(({ bytes }) => bytes === 256 * KiB))).toBe(true);
  for (const headerBytes of [0, 60]) {
    for (const offsetBytes of [0, 2049]) {
      const answers = offsetBytes === 0 ? 4 : 3;
      const calls = { 'read-write': { pread: answers, write: answers }, sendfile: { sendfile: answers } };
      for (const variant of ['read-write', 'mmap-write', 'sendfile', 'splice']) {
        const [sample] = seriesAt(result, variant, { headerBytes, offsetBytes }).samples;
        expect(sample).toMatchObject({ bytes: answers * (headerBytes + ANSWER) });
        const own = calls[variant as keyof typeof calls];
        if (own) expect(sample).toMatchObject({ calls: headerBytes > 0 ? { ...own, send: answers } : own });
      }
    }
  }
  expect(result.series.some(({ variant, factors }) => variant === 'node-stream' && 'headerBytes' in factors)).toBe(
    false,
  );
  for (const { hash, expected = result.integrity.expected } of result.integrity.received) expect(hash).toBe(expected);
  const hashes = new Set(result.integrity.received.map(({ hash }) => hash));
  expect(hashes.size).toBe(5);
});

test('a file that is too short for an answer is refused, with what to ask for', async () => {
  await expect(runToy('file-to-socket', { mode: 'full', bytes: 4 * KiB })).rejects.toThrow(
    'Expected a --size of 63.5 KiB or more for answers of 63.5 KiB, found 4 KiB',
  );
});
