import { expect, test } from 'vitest';
import lab from '../../labs/send-from-memory.ts';
import { extras, runLab } from './lab-run.ts';

test('the kernel says of every send on loopback that it copied, unless nothing else was asked for', async () => {
  const result = await runLab(lab, { bytes: 256 * 1024 });
  const found = extras(result, 'bytes');
  const missing = new Set(result.cannotRun.map(({ variant }) => variant));
  for (const [bytes, operations] of [
    [4096, 64],
    [65_536, 4],
  ]) {
    const counted = (variant: string) => (missing.has(variant) ? null : found[`${variant} ${bytes}`]);
    const nothing = { operations, notified: 0, copied: 0 };
    const copied = { operations, notified: operations, copied: operations };
    expect(counted('send')).toEqual(nothing);
    expect(counted('msg-zerocopy')).toEqual(copied);
    expect([nothing, null]).toContainEqual(counted('ring-send'));
    expect([copied, null]).toContainEqual(counted('ring-zerocopy'));
    expect([copied, null]).toContainEqual(counted('ring-registered'));
  }
  const hashes = result.kind === 'time' ? result.integrity.received.map(({ hash }) => hash) : [];
  expect(new Set(hashes).size).toBe(2);
});
