import { mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { makeLastByteFile } from '#measure/last-byte-file.ts';
import { comeAndGo } from '#measure/mapping-scenes.ts';
import { touch } from '#measure/touching.ts';

let path = '';
beforeEach(() => {
  path = join(mkdtempSync(join(homedir(), '.zc-scenes-')), 'file');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true }));

test('touch() says which signal ended it, and fails when it could not even begin', () => {
  makeLastByteFile(path, 16 * 4096, 1);
  expect(touch('map-cut', path).signal).toBe('SIGBUS');
  expect(touch('map-kernel', path)).toMatchObject({ signal: 'SIGSEGV', readBytes: 0 });
  expect(() => touch('read-cut', `${path}.gone`)).toThrow('ENOENT');
});

test('comeAndGo() comes to the same by calls and by mappings, with a second thread or without', async () => {
  makeLastByteFile(path, 4096, 1);
  const checks = new Set<string>();
  for (const threads of [1, 2] as const) {
    for (const by of ['read', 'mmap'] as const) {
      try {
        using prepared = await comeAndGo(by, path, threads);
        checks.add((await prepared.run()).check);
      } catch (error) {
        if (!(error instanceof CannotRunHere)) throw error;
      }
    }
  }
  expect([...checks].filter((check) => check !== String(4095 * 16_000))).toEqual([]);
});
