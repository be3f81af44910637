import { describe, expect, test } from 'vitest';
import { imageKey } from '#guest/root-image.ts';
import type { SystemFile } from '#guest/system-files.ts';

const files: readonly SystemFile[] = [
  { to: '/a', from: { text: 'one' } },
  { to: '/b', from: { link: '/a' } },
  { to: '/c', from: { file: 'package.json' } },
];

describe('imageKey()', () => {
  test('is the same for the same content', () => {
    expect(imageKey(files)).toBe(imageKey(structuredClone(files)));
  });

  test.each<[string, readonly SystemFile[]]>([
    ['another text', [{ to: '/a', from: { text: 'two' } }, ...files.slice(1)]],
    ['another place', [{ to: '/aa', from: { text: 'one' } }, ...files.slice(1)]],
    ['another link', [files[0]!, { to: '/b', from: { link: '/c' } }, files[2]!]],
    ['a link that was a text', [files[0]!, { to: '/b', from: { text: '/a' } }, files[2]!]],
    ['another file', [...files.slice(0, 2), { to: '/c', from: { file: 'zc' } }]],
    ['a file less', files.slice(1)],
  ])('differs for %s', (_, other) => {
    expect(imageKey(other)).not.toBe(imageKey(files));
  });
});
