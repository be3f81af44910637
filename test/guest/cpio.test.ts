import { describe, expect, test } from 'vitest';
import { cpio, type Entry } from '#guest/cpio.ts';

interface Found {
  readonly name: string;
  readonly mode: number;
  readonly data: string;
  readonly device: readonly [number, number];
}

/** Reads an archive by the format's description alone. */
function entriesOf(archive: Buffer): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < archive.length; ) {
    expect(archive.toString('latin1', at, at + 6)).toBe('070701');
    const field = (index: number) =>
      Number.parseInt(archive.toString('latin1', at + 6 + index * 8, at + 14 + index * 8), 16);
    const [mode, size, nameSize] = [field(1), field(6), field(11)];
    const name = archive.toString('utf8', at + 110, at + 110 + nameSize - 1);
    const start = Math.ceil((at + 110 + nameSize) / 4) * 4;
    found.push({ name, mode, data: archive.toString('utf8', start, start + size), device: [field(9), field(10)] });
    at = Math.ceil((start + size) / 4) * 4;
  }
  return found;
}

const file = (path: string, text: string): Entry => ({ kind: 'file', path, data: Buffer.from(text) });

describe('cpio()', () => {
  test('holds each kind of entry, the folders above it first, and ends as the kernel expects', () => {
    const archive = cpio([
      { ...file('/init', '#!/bin/sh\n'), executable: true } as Entry,
      file('/a/b/c', 'é'),
      { kind: 'folder', path: '/a/d' },
      { kind: 'link', path: '/a/l', target: '/init' },
      { kind: 'device', path: '/dev/console', major: 5, minor: 1 },
    ]);
    expect(entriesOf(archive).map(({ name, mode, data }) => [name, mode.toString(8), data])).toEqual([
      ['init', '100755', '#!/bin/sh\n'],
      ['a', '40755', ''],
      ['a/b', '40755', ''],
      ['a/b/c', '100644', 'é'],
      ['a/d', '40755', ''],
      ['a/l', '120777', '/init'],
      ['dev', '40755', ''],
      ['dev/console', '20600', ''],
      ['TRAILER!!!', '0', ''],
    ]);
    expect(entriesOf(archive).find(({ name }) => name === 'dev/console')?.device).toEqual([5, 1]);
  });

  test('ends at a multiple of four bytes, whatever is in it, so that another can follow', () => {
    for (let length = 0; length < 9; length++) {
      const both = Buffer.concat([cpio([file('/a', 'x'.repeat(length))]), cpio([file('/bc', 'y')])]);
      expect(entriesOf(both).map(({ name }) => name)).toEqual(['a', 'TRAILER!!!', 'bc', 'TRAILER!!!']);
    }
  });
});
