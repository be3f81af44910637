import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomCycle, walk, walkAfter } from '#measure/cache-walk.ts';
import { makeSourceFile } from '#measure/source-file.ts';
import type { TaskSetting, Work } from '#measure/task.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';

const KiB = 1024;

describe('randomCycle()', () => {
  test.each([64, 128, 4 * KiB, 256 * KiB])('of %d bytes visits every line once and comes back', (bytes) => {
    const cycle = randomCycle(bytes, 3);
    const seen = new Set<number>();
    let at = 0;
    for (let step = 0; step < bytes / 64; step++) {
      at = walk(cycle, at, 1);
      expect(at % 16).toBe(0);
      seen.add(at);
    }
    expect(seen.size).toBe(bytes / 64);
    expect(at).toBe(0);
  });

  test('is the same by the same seed, and another by another', () => {
    expect(randomCycle(4 * KiB, 1)).toEqual(randomCycle(4 * KiB, 1));
    expect(randomCycle(4 * KiB, 1)).not.toEqual(randomCycle(4 * KiB, 2));
  });
});

describe('walkAfter()', () => {
  const bytes = 128 * KiB;
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zc-walk-'));
    makeSourceFile(folder, bytes, 1);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function workOf(technique: typeof sendfile | null): Promise<Work> {
    const setting: TaskSetting = { factors: { workingBytes: 512 * KiB }, folder, mode: 'quick', bytes, seed: 1 };
    using task = await walkAfter(technique)(setting);
    const work = await task.run();
    return task.after?.(work) ?? work;
  }

  test('moves the file before each walk, and all ways walk alike', async () => {
    const [copying, pages, nothing] = [await workOf(readWrite), await workOf(sendfile), await workOf(null)];
    const walks = Number(nothing.extra?.operations);
    expect(nothing).toMatchObject({ calls: {}, extra: { movedBytes: 0 } });
    expect(copying).toMatchObject({
      calls: { pread: 2 * walks, write: 2 * walks },
      extra: { movedBytes: walks * bytes },
    });
    expect(pages).toMatchObject({ calls: { sendfile: 2 * walks }, extra: { movedBytes: walks * bytes } });
    for (const { check, bytes: walked, extra } of [copying, pages, nothing]) {
      expect({ check, walked }).toEqual({ check: nothing.check, walked: walks * 512 * KiB });
      expect(extra?.nsPerAccess).toBeGreaterThan(0);
      expect(extra?.floorNsPerAccess).toBeGreaterThan(0);
    }
  });
});
