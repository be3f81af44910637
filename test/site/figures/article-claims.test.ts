import { expect, test } from 'vitest';
import { type ArticleNumber, claims } from '#model/claims/index.ts';
import { articleClaims } from '#site/figures/article-claims.ts';

test.each([1, 2, 3, 4, 5] as ArticleNumber[])('article %d has every claim that it makes, once', (article) => {
  const { right, rest } = articleClaims(article, {});
  const said = claims.filter(({ saidBy }) => saidBy.includes(article)).map(({ id }) => id);
  expect([...right, ...rest].map(({ id }) => id).sort()).toEqual(said.sort());
});

test('what is right comes first and needs no better sentence; all else has one', () => {
  const { right, rest } = articleClaims(2, {});
  expect(right.map(({ sources }) => sources)).toEqual(right.map(() => 'True'));
  expect(right.every(({ better }) => better === '')).toBe(true);
  expect(rest.every(({ better, sources }) => better !== '' && sources !== 'True')).toBe(true);
});

test('they stand in the order in which the article has them', () => {
  const { rest } = articleClaims(1, {});
  expect(rest[0]?.id).toBe('E4');
});
