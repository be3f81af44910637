/** What every article must have: a page that explains something, carries an answer, its number and its sources. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import { exerciseCatalogueSchema } from '#model/exercise-catalogue.ts';
import { sidebar } from '#site/sidebar.ts';
import { exactSources, exercisesIn, glossaryTerms, unexplained } from './article.ts';
import { firstWords, openingOf, readPage } from './prose.ts';

const page = (slug: string) => readPage(`${slug}.mdx`, readFileSync(`content/${slug}.mdx`, 'utf8'));

/** Pages of the sidebar that are no articles: two are followed step by step, and lists, methods and references explain themselves. */
const others = [
  ...['first-lab', 'kafka/basics'],
  ...['labs', 'exercises', 'verdicts', 'articles', 'method', 'commands', 'result-format', 'glossary'],
];
const articles = sidebar.flatMap(({ items }) => items).filter((slug) => !others.includes(slug));
const glossary = glossaryTerms(page('glossary').body);
const { exercises } = exerciseCatalogueSchema.parse(JSON.parse(readFileSync('labs/exercises/catalogue.json', 'utf8')));

test('there are articles, and every page that is none is named as one', () => {
  expect(articles.length).toBeGreaterThan(20);
  expect(sidebar.flatMap(({ items }) => items)).toEqual(expect.arrayContaining(others));
});

describe.each(articles)('article %s', (slug) => {
  const { frontmatter, body } = page(slug);

  test('answers in its first 60 words, with a number and its machine', () => {
    const first = firstWords(openingOf(body), 60);
    expect(first).toMatch(/<(Conclusion|Num|Copies|AnswerText) /);
    expect(first).toMatch(/<MachineName /);
  });

  test('has a figure, its lab, and when it does not help', () => {
    expect(body).toMatch(/<(DataPath|System|Answer)\s[^>]*id=|<div id=/);
    expect(body).toContain(`<LabCard lab="${frontmatter.lab}"`);
    expect(body).toMatch(/^## When it does not help/m);
  });

  test('decides a claim at least, and none that does not exist', () => {
    const named = [...body.matchAll(/<Claims ids=\{\[([^\]]*)\]\}/g)].flatMap(
      ([, ids]) => ids!.match(/[A-Z]\d+/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(0);
    expect(claims.map(({ id }) => id)).toEqual(expect.arrayContaining(named));
  });

  test('has two primary sources at least, with the place in them', () =>
    expect(exactSources(body).length).toBeGreaterThanOrEqual(2));

  test('leads to the exercises that belong to it', () => {
    const own = exercises.filter(({ article }) => article === `/${slug}/`).map(({ id }) => id.slice(3));
    expect(exercisesIn(body)).toEqual(expect.arrayContaining(own));
  });
});

test('every exercise belongs to an article', () => {
  expect(articles.map((slug) => `/${slug}/`)).toEqual(expect.arrayContaining(exercises.map(({ article }) => article)));
});

test('every term that a page introduces is in the glossary', () => {
  const open = globSync('**/*.mdx', { cwd: 'content' })
    .filter((file) => file !== 'glossary.mdx')
    .flatMap((file) => unexplained(page(file.replace(/\.mdx$/, '')).body, glossary).map((term) => `${file}: ${term}`));
  expect(open).toEqual([]);
});
