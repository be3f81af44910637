/** What every page of content/ must keep. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogueSchema } from '#model/catalogue.ts';
import { firstWords, openingOf, readPage, typedResults, wordsOf } from './prose.ts';

const files = globSync('**/*.mdx', { cwd: 'content' }).sort();
const pages = files.map((file) => readPage(file, readFileSync(`content/${file}`, 'utf8')));
const { labs } = catalogueSchema.parse(JSON.parse(readFileSync('labs/catalogue.json', 'utf8')));
const ids = labs.map(({ id }) => id);
describe.each(pages.map((page) => [page.file, page] as const))('%s', (_, { frontmatter, body }) => {
  test('has no result typed in', () => expect(typedResults(body)).toEqual([]));

  test('has at most 1,400 words', () => expect(wordsOf(body).length).toBeLessThanOrEqual(1400));

  test('says what it is about', () => {
    expect(frontmatter.title).toMatch(/\w{3}/);
    expect(frontmatter.description?.length).toBeGreaterThan(20);
  });

  test('names only labs that exist', () => {
    const named = [frontmatter.lab, ...[...body.matchAll(/\blab="([^"]*)"/g)].map(([, lab]) => lab)];
    expect(ids).toEqual(expect.arrayContaining([...new Set(named.filter((lab) => lab !== undefined))]));
  });
});

test('no two pages open alike', () => {
  const openings = pages
    .map(({ body }) => firstWords(openingOf(body), 3).toLowerCase())
    .filter((opening) => opening !== '');
  expect(openings).toEqual([...new Set(openings)]);
});

test('every lab of the catalogue has its page', () => {
  expect(files).toEqual(expect.arrayContaining(ids.map((id) => `labs/${id}.mdx`)));
});
