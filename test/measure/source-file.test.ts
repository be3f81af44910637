import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageSize, statfs } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { evict, makeSourceFile, residence, warm } from '#measure/source-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(homedir(), '.zc-source-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makeSourceFile() writes the bytes whose hash it gives, the same for the same seed', () => {
  const bytes = 3 * 2 ** 20 + 5;
  const file = makeSourceFile(folder, bytes, 1);
  const content = readFileSync(file.path);
  expect(content.length).toBe(bytes);
  expect(createHash('sha256').update(content).digest('hex')).toBe(file.sha256);
  rmSync(file.path);
  expect(makeSourceFile(folder, bytes, 1).sha256).toBe(file.sha256);
  rmSync(file.path);
  expect(makeSourceFile(folder, bytes, 2).sha256).not.toBe(file.sha256);
});

test('warm() and evict() bring every page in and out, and verify it', () => {
  const pages = 100;
  const { path } = makeSourceFile(folder, pages * pageSize(), 1);
  warm(path);
  expect(residence(path)).toEqual({ resident: pages, pages });
  if (statfs(folder).fileSystem === 'tmpfs') {
    expect(() => evict(path)).toThrow(CannotRunHere);
    return;
  }
  evict(path);
  expect(residence(path)).toEqual({ resident: 0, pages });
  warm(path);
  expect(residence(path)).toEqual({ resident: pages, pages });
});

test('evict() says so where pages cannot leave memory', () => {
  const shared = mkdtempSync('/dev/shm/zc-source-');
  try {
    const { path } = makeSourceFile(shared, 10 * pageSize(), 1);
    expect(() => evict(path)).toThrow(expect.objectContaining({ code: 'cannot-evict' }));
  } finally {
    rmSync(shared, { recursive: true });
  }
});
