import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ReadingThread } from '#measure/reading-thread.ts';

test('a reading thread reads slices in their order, again and again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zc-reading-'));
  try {
    const path = join(folder, 'file');
    writeFileSync(path, Buffer.alloc(10_000));
    using thread = await ReadingThread.start(path, 1000, 10);
    expect(thread.has(0)).toBe(false);
    for (const offsets of [[0, 5000, 9000], [3000]]) {
      thread.read(offsets);
      thread.await(offsets.length - 1);
      expect(thread.has(offsets.length - 1)).toBe(true);
      expect(thread.has(offsets.length)).toBe(false);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
