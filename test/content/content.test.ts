/** What every page of content/ must keep. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogueSchema } from '#model/catalogue.ts';
import { firstWords, openingOf, readPage, typedResults, wordsOf } from './prose.ts';

const files = globSync('**/*.mdx', { cwd: 'content' }).sort();
const pages = files.map((file) => readPage(file, readFileSync(`content/${file}`, 'utf8')));
const { labs } = catalogueSchema.parse(JSON.parse(readFileSync('labs/catalogue.json', 'utf8')));
const ids = labs.map(({ id }) => id);
/** Pages that explain something: they carry an answer, its number and its sources. */
const articles = [
  'which-one.mdx',
  'kafka/slow-consumers.mdx',
  'kafka/does-it-matter.mdx',
  'kafka/latency.mdx',
  'kafka/tls.mdx',
  'kafka/replication.mdx',
  'kafka/log.mdx',
  'kafka/why-fast.mdx',
  'kafka/operating-advice.mdx',
  'kafka/with-and-without.mdx',
  'dma.mdx',
  '65-percent.mdx',
  'page-cache.mdx',
  'beyond.mdx',
  'cold-pages.mdx',
  'javascript.mdx',
  'not-faster.mdx',
  'what-is-zero-copy.mdx',
  'read-and-write.mdx',
  'sendfile.mdx',
  'mmap.mdx',
  'splice.mdx',
  'counting-copies.mdx',
  'switches.mdx',
  'changed-bytes.mdx',
  'java.mdx',
  'elsewhere.mdx',
];

describe.each(pages.map((page) => [page.file, page] as const))('%s', (_, { frontmatter, body }) => {
  test('has no result typed in', () => expect(typedResults(body)).toEqual([]));

  test('has at most 1,400 words', () => expect(wordsOf(body).length).toBeLessThanOrEqual(1400));

  test('says what it is about', () => {
    expect(frontmatter.title).toBeTruthy();
    expect(frontmatter.description?.length).toBeGreaterThan(20);
  });

  test('names only labs that exist', () => {
    const named = [frontmatter.lab, ...[...body.matchAll(/\blab="([^"]*)"/g)].map(([, lab]) => lab)];
    expect(ids).toEqual(expect.arrayContaining([...new Set(named.filter((lab) => lab !== undefined))]));
  });
});

describe.each(articles)('article %s', (file) => {
  const { frontmatter, body } = pages.find((page) => page.file === file)!;

  test('answers in its first 60 words, with a number and its machine', () => {
    const first = firstWords(openingOf(body), 60);
    expect(first).toMatch(/<(Conclusion|Num|Copies|AnswerText) /);
    expect(first).toMatch(/<MachineName /);
  });

  test('has a figure, its lab, and when it does not help', () => {
    expect(body).toMatch(/<(DataPath|Answer)\s[^>]*id=|<div id=/);
    expect(body).toContain(`<LabCard lab="${frontmatter.lab}"`);
    expect(body).toMatch(/^## When it does not help/m);
  });

  test('has two primary sources at least', () => {
    const sources = body.split(/^## Sources$/m)[1] ?? '';
    expect(sources.match(/^- .*(\(2\)|Linux \d|Kafka \d|Java SE|IBM)/gm)?.length).toBeGreaterThanOrEqual(2);
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
