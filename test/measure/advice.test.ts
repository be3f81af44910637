/** The pieces of advice, tried at toy size: what is counted, never how long it takes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { readBesideHeap } from '#measure/advice/heap-and-cache.ts';
import { waitForDisk } from '#measure/advice/io-wait.ts';
import { mapAreas } from '#measure/advice/map-areas.ts';
import { holdSegments } from '#measure/advice/segments.ts';
import { sendCalls } from '#measure/advice/send-calls.ts';
import { readOnce } from '#measure/advice/used-memory.ts';
import { makeSourceFile } from '#measure/source-file.ts';
import type { Task, Work } from '#measure/task.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';

const MiB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'run-advice-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { bytes } = makeSourceFile(folder, 4 * MiB, 7);

async function work(task: Task): Promise<Work | CannotRunHere> {
  try {
    using prepared = await task({ factors: {}, folder, mode: 'quick', bytes: null, seed: 7 });
    return await prepared.run();
  } catch (error) {
    if (error instanceof CannotRunHere) return error;
    throw error;
  }
}

test('mapAreas() maps as often as it is told while the kernel allows it', async () => {
  for (const adjacent of [false, true])
    expect(await work(mapAreas(adjacent, 3000))).toMatchObject({ extra: { mapped: 3000, refused: 0 } });
});

test('holdSegments() finds two areas and a descriptor a segment, whatever sends it', async () => {
  for (const technique of [readWrite, sendfile]) {
    const { extra } = (await work(holdSegments(technique, 50))) as Work;
    expect(Math.round(extra?.areasPerSegment ?? 0)).toBe(2);
    expect(Math.round(extra?.descriptorsPerSegment ?? 0)).toBe(1);
  }
});

test('readOnce() reads the file whole, from the disk', async () => {
  const found = await work(readOnce);
  // Where pages cannot be dropped, as on tmpfs, there is nothing to see.
  if (found instanceof CannotRunHere) return expect(found.code).toBe('cannot-evict');
  expect(found.extra).toMatchObject({ readBytes: bytes, usedMoreBytes: expect.any(Number) });
});

test('sendCalls() needs more calls with a small buffer, and everything arrives', async () => {
  const [set, tuned] = [await work(sendCalls('tcp-100k', bytes)), await work(sendCalls('tcp', bytes))] as [Work, Work];
  for (const { check } of [set, tuned]) expect(check).toBe(`${bytes} bytes`);
  expect(set.extra?.sendCalls).toBeGreaterThan(tuned.extra?.sendCalls as number);
});

test.each([false, true])('waitForDisk() reads, and says what was seen of it (beside work: %s)', async (beside) => {
  const found = await work(waitForDisk(beside, 50, bytes));
  if (found instanceof CannotRunHere) return expect(['no-pressure', 'unsupported-file-system']).toContain(found.code);
  expect(found.extra?.reads).toBeGreaterThan(0);
  for (const share of [found.extra?.waitShare, found.extra?.pressureShare]) expect(share).toBeGreaterThanOrEqual(0);
});

test('readBesideHeap() cannot run without a group', async () => {
  writeFileSync(join(folder, 'memory-group'), '');
  expect(await work(readBesideHeap(MiB, 2))).toMatchObject({ code: 'no-memory-group' });
});
