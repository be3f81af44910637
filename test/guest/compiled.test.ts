import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compiledArchive, isWhole, keepCompiled } from '#guest/compiled.ts';
import { cpio } from '#guest/cpio.ts';
import { temporaryTree } from '../house/temporary-tree.ts';

const archive = cpio([{ kind: 'file', path: '/compiled/a', data: Buffer.from('abc') }]);

describe('compiled archive', () => {
  test('is kept and found again, at a length that another archive can follow', () => {
    using tree = temporaryTree({ 'run/x': '' });
    keepCompiled(Buffer.concat([archive, Buffer.alloc(3)]), tree.root, join(tree.root, 'run'));
    expect(compiledArchive(tree.root).subarray(0, archive.length)).toEqual(archive);
    expect(compiledArchive(tree.root).length % 4).toBe(0);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['half of one', archive.subarray(0, archive.length - 60)],
    ['something else', Buffer.from('TRAILER!!!\0')],
  ])('is not kept when the guest handed out %s, and not used when it lies there', (_, bytes) => {
    expect(isWhole(bytes)).toBe(false);
    using tree = temporaryTree({ 'run/x': '' });
    keepCompiled(bytes, tree.root, join(tree.root, 'run'));
    expect(readdirSync(tree.root)).toEqual(['run']);
    writeFileSync(join(tree.root, 'compiled.cpio'), bytes);
    expect(compiledArchive(tree.root)).toHaveLength(0);
  });
});
