import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { dependencies, modulesInOrder } from '#guest/kernel-modules.ts';
import { temporaryTree } from '../house/temporary-tree.ts';

/** A module as far as it matters here: strings that end in NUL. */
const module = (name: string, depends: string): Buffer =>
  Buffer.from(`\x7fELF\0license=GPL\0depends=${depends}\0name=${name}\0`);

function folderWith(files: Readonly<Record<string, Buffer>>) {
  const tree = temporaryTree({});
  for (const [path, data] of Object.entries(files)) {
    mkdirSync(dirname(join(tree.root, path)), { recursive: true });
    writeFileSync(join(tree.root, path), data);
  }
  return tree;
}

describe('modulesInOrder()', () => {
  test('puts each module before those that need it, once, and says nothing of what is built in', () => {
    using tree = folderWith({
      'kernel/fs/ext4/ext4.ko': module('ext4', 'jbd2,mbcache,crc16'),
      'kernel/fs/jbd2/jbd2.ko': module('jbd2', 'crc16'),
      'kernel/fs/mbcache.ko': module('mbcache', ''),
      'kernel/lib/crc16.ko': module('crc16', ''),
      'kernel/drivers/virtio-blk.ko': module('virtio_blk', 'virtio'),
    });
    const order = modulesInOrder(tree.root, ['virtio-blk', 'ext4', 'jbd2', 'built_in']);
    expect(order.map(({ name }) => name)).toEqual(['virtio_blk', 'crc16', 'jbd2', 'mbcache', 'ext4']);
  });

  test('ends when modules name each other', () => {
    using tree = folderWith({ 'a.ko': module('a', 'b'), 'b.ko': module('b', 'a') });
    expect(modulesInOrder(tree.root, ['a']).map(({ name }) => name)).toEqual(['b', 'a']);
  });

  test.each([
    ['zst', (data: Buffer) => zstdCompressSync(data)],
    ['gz', (data: Buffer) => execFileSync('gzip', ['-c'], { input: data })],
  ])('unpacks .ko.%s', (ending, packed) => {
    const data = module('tls', '');
    using tree = folderWith({ [`kernel/net/tls.ko.${ending}`]: packed(data) });
    expect(modulesInOrder(tree.root, ['tls'])).toEqual([{ name: 'tls', data }]);
  });

  test('finds none where there is no folder', () => {
    expect(modulesInOrder('/nonexistent/modules', ['tls'])).toEqual([]);
  });
});

describe('dependencies()', () => {
  test.each([
    ['', []],
    ['virtio-ring', ['virtio_ring']],
    ['a,b', ['a', 'b']],
  ])('reads %j', (text, names) => {
    expect(dependencies(module('x', text))).toEqual(names);
  });

  test('finds none in a file that says nothing', () => {
    expect(dependencies(Buffer.from('no module'))).toEqual([]);
  });
});
