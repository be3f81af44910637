import { describe, expect, test } from 'vitest';
import { choiceOf, countText, isShown, queryOf } from '#site/verdict-filter.ts';

describe('isShown()', () => {
  const row = { article: '1 3', sources: 'false', machine: 'not-run', lab: 'latency wire' };
  test.each([
    [{}, true],
    [{ article: '3' }, true],
    [{ article: '2' }, false],
    [{ article: '3', sources: 'false', lab: 'wire' }, true],
    [{ article: '3', sources: 'true' }, false],
    [{ machine: 'not' }, false],
    [{ sources: '' }, true],
  ])('%j: %s', (choice, shown) => expect(isShown(row, choice)).toBe(shown));

  test('a row without labs is in no lab', () => {
    expect(isShown({ article: '1' }, { lab: 'latency' })).toBe(false);
  });
});

test('choiceOf() and queryOf() are each other turned round, and leave out what is no filter', () => {
  expect(choiceOf('?article=3&sources=false&x=1&lab=')).toEqual({ article: '3', sources: 'false' });
  expect(queryOf({ article: '3', sources: 'false', lab: '' })).toBe('?article=3&sources=false');
  expect(queryOf({})).toBe('');
});

test('countText() says all when nothing is left out', () => {
  expect([countText(7, 62), countText(62, 62)]).toEqual(['7 of 62 claims.', 'All 62 claims.']);
});
