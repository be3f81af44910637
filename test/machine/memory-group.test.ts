import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { makeMemoryGroup } from '#machine/memory-group.ts';

const root = mkdtempSync(join(tmpdir(), 'zc-groups-'));
afterAll(() => rmSync(root, { recursive: true }));

test('makeMemoryGroup() refuses where no group has a controller of memory, and leaves none behind', () => {
  mkdirSync(join(root, 'unified/service'), { recursive: true });
  const watched: string[] = [];
  const place = { root: join(root, 'unified'), own: '0::/service' };
  expect(() => makeMemoryGroup('run-1', 2 ** 20, (path) => watched.push(path), place)).toThrow(CannotRunHere);
  expect(watched).toEqual([join(root, 'unified/service/run-1'), join(root, 'unified/run-1')]);
  expect(watched.filter((path) => existsSync(path))).toEqual([]);
});

test('makeMemoryGroup() refuses where there are no groups at all', () => {
  expect(() => makeMemoryGroup('run-1', 2 ** 20, () => {}, { root, own: '' })).toThrow(/no-memory-group/);
});

test('makeMemoryGroup() makes a group with the limit, where this machine lets it', ({ skip }) => {
  const name = `run-test-${process.pid}`;
  try {
    const path = makeMemoryGroup(name, 64 * 2 ** 20, () => {});
    try {
      const file = ['memory.max', 'memory.limit_in_bytes'].find((one) => existsSync(join(path, one))) ?? '';
      expect(Number(readFileSync(join(path, file), 'utf8'))).toBe(64 * 2 ** 20);
    } finally {
      rmdirSync(path);
    }
  } catch (error) {
    if (error instanceof CannotRunHere) skip(error.message);
    throw error;
  }
});
