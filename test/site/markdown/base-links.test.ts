import { describe, expect, test } from 'vitest';
import { withBase } from '#site/markdown/base-links.ts';

describe('withBase()', () => {
  test('prefixes links from the root', () => {
    expect(withBase('/zc/', '/mmap/#x')).toBe('/zc/mmap/#x');
  });

  test.each(['https://a.test/', '//a.test/', '#x', 'mmap/', '/zc', '/zc/mmap/'])('leaves %s alone', (link) => {
    expect(withBase('/zc', link)).toBeUndefined();
  });

  test('leaves everything alone without a base', () => {
    expect(withBase('/', '/mmap/')).toBeUndefined();
  });
});
