import { expect, test } from 'vitest';
import { callWords } from '#site/figures/calls.ts';

test('callWords() says what was not counted', () => {
  expect(callWords(null)).toBe('not counted');
  expect(callWords({ pread64: 16384, write: 16384, open: 0 })).toBe('16,384 pread64 and 16,384 write');
});
