import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { statfs } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { makeSourceFile } from '#measure/source-file.ts';
import { diskBytesOf, putOnDisk } from '../../../labs/kafka/disk-reads.ts';

const BYTES = 2 ** 20;

test('a thread that finds a file in memory fetches nothing from the disk, and one that does not, all of it', () => {
  const folder = mkdtempSync(join(homedir(), '.zc-disk-'));
  try {
    const { path } = makeSourceFile(folder, BYTES, 1);
    const fetched = () => {
      const before = diskBytesOf(process.pid, [process.pid]);
      const file = openSync(path, 'r');
      readSync(file, Buffer.alloc(BYTES));
      closeSync(file);
      return diskBytesOf(process.pid, [process.pid]) - before;
    };
    fetched();
    expect(fetched()).toBe(0);
    if (statfs(folder).fileSystem === 'tmpfs') {
      expect(() => putOnDisk(path)).toThrow(CannotRunHere);
      return;
    }
    putOnDisk(path);
    expect(fetched()).toBeGreaterThanOrEqual(BYTES / 2);
    expect(fetched()).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('threads that are not there have fetched nothing', () => {
  expect(diskBytesOf(process.pid, [2 ** 30])).toBe(0);
});
