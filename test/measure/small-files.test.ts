import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { close, openAt } from '#libc';
import { END_BYTE, FILES, makeSmallFiles, SmallFiles } from '#measure/small-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zc-small-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makeSmallFiles() writes files whose last byte is the only one of its value, the same for the same seed', () => {
  makeSmallFiles(folder, 5000, 3);
  const names = readdirSync(folder);
  expect(names).toHaveLength(FILES);
  const first = names.map((name) => readFileSync(join(folder, name)));
  for (const content of first) {
    expect(content).toHaveLength(5000);
    expect(content.indexOf(END_BYTE)).toBe(4999);
  }
  makeSmallFiles(folder, 5000, 3);
  expect(names.map((name) => readFileSync(join(folder, name)))).toEqual(first);
});

test('SmallFiles gives paths in turn that open(2) understands', () => {
  makeSmallFiles(folder, 10, 1);
  using files = new SmallFiles(folder, 10);
  const opened = Array.from({ length: FILES + 1 }, (_, at) => openAt(files.path(at)));
  expect(opened.every((fd) => fd >= 0)).toBe(true);
  for (const fd of opened) close(fd);
  expect(files.path(0)).toBe(files.path(FILES));
  expect(files.path(0)).not.toBe(files.path(1));
});
