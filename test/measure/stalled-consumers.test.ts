import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { makeSourceFile } from '#measure/source-file.ts';
import { fillQueues } from '#measure/stalled-consumers.ts';
import type { TaskSetting, Work } from '#measure/task.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';

const KiB = 1024;
const bytes = 96 * KiB;
let folder = '';
let sha256 = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zc-stalled-'));
  sha256 = makeSourceFile(folder, bytes, 1).sha256;
});
afterAll(() => rmSync(folder, { recursive: true }));

const setting = (consumers: number, chunk: number, size = bytes): TaskSetting => ({
  factors: { link: 'tcp', consumers, chunk },
  folder,
  mode: 'quick',
  bytes: size,
  seed: 1,
});

async function workOf(technique: typeof sendfile, given: TaskSetting): Promise<Work> {
  using task = await fillQueues(technique)(given);
  const work = await task.run();
  return task.after?.(work) ?? work;
}

test.each([
  ['read-write', readWrite, { pread: 6, write: 6 }],
  ['sendfile', sendfile, { sendfile: 6 }],
] as const)('%s fills every queue with the file, in messages', async (_, technique, each) => {
  const work = await workOf(technique, setting(50, 16 * KiB));
  const queues = 100;
  expect(work.bytes).toBe(queues * bytes);
  expect(work.check).toBe(`50 of ${sha256}`);
  expect(work.calls).toEqual(Object.fromEntries(Object.entries(each).map(([call, times]) => [call, times * queues])));
  expect(work.extra?.operations).toBe(2);
  expect(work.extra?.fillCpuNs).toBeGreaterThan(0);
});

test('the queues stand while memory is looked at', async () => {
  const { extra } = await workOf(readWrite, setting(40, 16 * KiB));
  // The kernel charges whole pages in advance, and others use sockets as well: half of it is enough to see them.
  expect(extra?.queuedBytes).toBeGreaterThan(20 * bytes);
  expect(Object.keys(extra ?? {})).toEqual(expect.arrayContaining(['memoryBytes', 'availableBytes', 'processBytes']));
});

test('a queue that takes less than it is given cannot run here', async () => {
  const large = 64 * 2 ** 20;
  const other = mkdtempSync(join(tmpdir(), 'zc-stalled-'));
  try {
    makeSourceFile(other, large, 1);
    const failed = workOf(sendfile, { ...setting(1, 64 * KiB, large), folder: other });
    await expect(failed).rejects.toThrow(CannotRunHere);
    await expect(failed).rejects.toMatchObject({ code: 'queue-full', args: { bytes: large } });
  } finally {
    rmSync(other, { recursive: true });
  }
});

test('more than half of the memory is not tried', async () => {
  const absurd = workOf(sendfile, setting(200, 64 * KiB, 2 ** 40));
  await expect(absurd).rejects.toMatchObject({ code: 'little-memory' });
});
