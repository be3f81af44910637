import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundCompileCache } from '#cli/compile-cache.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, name), name);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('keeps what is few', () => {
  expect(boundCompileCache(folder, 3)).toBe(0);
  expect(readdirSync(folder)).toHaveLength(3);
});

test('begins anew when there are too many', () => {
  expect(boundCompileCache(folder, 2)).toBe(3);
  expect(existsSync(folder)).toBe(false);
});

test('does without one', () => {
  expect(boundCompileCache(undefined)).toBe(0);
  expect(boundCompileCache(join(folder, 'none'))).toBe(0);
});
