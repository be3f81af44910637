import { expect, test } from 'vitest';
import { lineDiff } from '#learn/line-diff.ts';

const shown = (first: string, second: string) => lineDiff(first, second).map(({ mark, text }) => mark + text);

test('lineDiff() keeps what is in both and marks the rest', () => {
  expect(shown('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
  expect(shown('a\n', 'a')).toEqual([' a']);
});
