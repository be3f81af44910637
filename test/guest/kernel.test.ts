import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadKernel, kernelFrom, kernelIn, releaseOf } from '#guest/kernel.ts';
import { temporaryTree } from '../house/temporary-tree.ts';

/** A bzImage as far as its header goes: one sector of set-up besides the first, and 64 KiB. */
function bzImage(release: string): Buffer {
  const bytes = Buffer.alloc(2 * 512 + 65_536);
  bytes.writeUInt8(1, 0x1f1);
  bytes.writeUInt32LE(65_536 / 16, 0x1f4);
  bytes.write('HdrS', 0x202, 'latin1');
  bytes.writeUInt16LE(0x100, 0x20e);
  bytes.write(`${release} (builder@example) #1 SMP\0`, 0x300, 'latin1');
  return bytes;
}

const release = '6.12.1-test';

/** An unpacked package. */
function unpacked(image: Buffer, modules = `lib/modules/${release}/kernel`) {
  const tree = temporaryTree({});
  mkdirSync(join(tree.root, 'boot'));
  mkdirSync(join(tree.root, modules), { recursive: true });
  writeFileSync(join(tree.root, 'boot', `vmlinuz-${release}`), image);
  return tree;
}

describe('releaseOf()', () => {
  test('reads the release in the header', () => {
    expect(releaseOf(bzImage(release), 'k')).toBe(release);
  });

  test.each([
    ['a text', Buffer.from('not a kernel'), /expected a Linux bzImage for x86, found something else/],
    ['nothing', Buffer.alloc(0), /expected a Linux bzImage/],
    ['half of one', bzImage(release).subarray(0, 30_000), /expected 66560 bytes, found 30000; it is not whole/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => releaseOf(bytes, 'k')).toThrow(BadKernel);
    expect(() => releaseOf(bytes, 'k')).toThrow(message);
  });
});

describe('kernelIn()', () => {
  test.each([`lib/modules/${release}/kernel`, `usr/lib/modules/${release}/kernel`])(
    'finds modules in %s',
    (modules) => {
      using tree = unpacked(bzImage(release), modules);
      expect(kernelIn(tree.root, 'test kernel')).toMatchObject({
        release,
        origin: 'test kernel',
        modules: join(tree.root, modules, '..'),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    },
  );

  test('refuses a folder without a kernel, and a kernel without modules', () => {
    using empty = temporaryTree({});
    expect(() => kernelIn(empty.root, 'x')).toThrow(/expected boot\/vmlinuz-/);
    using bare = unpacked(bzImage(release), 'lib');
    expect(() => kernelIn(bare.root, 'x')).toThrow(/expected a folder 'kernel' in it/);
  });
});

describe('kernelFrom()', () => {
  test('refuses modules of another release', () => {
    using tree = unpacked(bzImage('6.13.0'));
    const file = join(tree.root, 'boot', `vmlinuz-${release}`);
    expect(() => kernelFrom(file, join(tree.root, 'lib/modules', release), 'x')).toThrow(
      /expected a folder lib\/modules\/6\.13\.0/,
    );
  });

  test('refuses a file that is not there', () => {
    expect(() => kernelFrom('/nonexistent/k', '/nonexistent/m', 'x')).toThrow(BadKernel);
  });
});
