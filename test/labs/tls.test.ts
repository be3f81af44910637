/** The lab tls at toy size: the same bytes come out of every way, and only the kernel's TLS may be missing here. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { TimeSample } from '#model/result.ts';
import { runToy, seriesAt } from './toy.ts';

const BYTES = 300_000;
const always = ['read-write', 'sendfile', 'tls', 'tls-mapped', 'integrity'];
const withKernel = ['kernel-tls', 'kernel-tls-sendfile'];

test('every way brings the whole file, whoever encrypts', async () => {
  const result = await runToy('tls', { bytes: BYTES });
  if (result.kind !== 'time') throw new Error('Expected a time result');
  const missing = result.cannotRun.map(({ variant }) => variant);
  expect([[], withKernel]).toContainEqual(missing);
  for (const { why } of result.cannotRun) expect(why).toMatch(/^no-kernel-/);
  for (const variant of [...always, ...withKernel].filter((one) => !missing.includes(one))) {
    const [sample] = seriesAt(result, variant, { link: 'tcp' }).samples;
    expect(sample).toMatchObject({ bytes: BYTES });
    expect((sample as TimeSample).receiverCpuNs).toBeGreaterThan(0);
  }
  const hashes = new Set(result.integrity.received.map(({ hash }) => hash));
  expect(hashes.size).toBe(1);
  expect([...hashes][0]).toMatch(/^[0-9a-f]{64}$/);
  expect([...hashes][0]).not.toBe(createHash('sha256').update(Buffer.alloc(BYTES)).digest('hex'));
});
