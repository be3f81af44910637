/** Every claim has a page of its own, and everything that lists claims leads to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { articles, claims, corrected } from '#model/claims/index.ts';
import { tagsOf, textOf } from './checks/html.ts';

const page = (path: string) => readFileSync(join(inject('dist'), path, 'index.html'), 'utf8');
const linksOf = (html: string) => tagsOf(html).flatMap(({ attributes }) => attributes.href ?? []);
const rows = tagsOf(page('verdicts')).filter(({ name, end, attributes }) => name === 'tr' && !end && attributes.id);
const flat = (text: string) => text.replace(/\s+/g, ' ');

describe.each(claims.map((claim) => [claim.id, claim] as const))('claim %s', (id, claim) => {
  const path = `verdicts/${id.toLowerCase()}`;
  const html = page(path);
  const text = textOf(html);

  test('states it, who says it, what the sources say, and how to say it better', () => {
    expect(text).toContain(flat(claim.statement.replace(/\.$/, '')));
    expect(text).toContain(flat(claim.sources.why));
    for (const { source, says } of claim.sources.citations) expect(text).toContain(flat(`${source} : ${says}`));
    for (const number of claim.saidBy) expect(text).toContain(articles[number].title);
    expect(text).toContain(flat(corrected[id] ?? ''));
  });

  test('names what was asked of the machine and the commands that repeat it', () => {
    for (const { lab } of claim.tests ?? []) expect(text).toContain(`./zc run ${lab}`);
    expect(text).toContain(`./zc claims ${id}`);
  });

  test('is linked from both lists', () => {
    expect(linksOf(page('verdicts'))).toContain(`/${path}/`);
    expect(linksOf(page('articles'))).toContain(`/${path}/`);
  });
});

test('every row of the verdicts carries what the filter asks for', () => {
  expect(rows.map(({ attributes }) => attributes.id)).toEqual(claims.map(({ id }) => id.toLowerCase()));
  for (const [index, { attributes }] of rows.entries()) {
    const { saidBy, sources, tests = [] } = claims[index]!;
    expect(attributes['data-article']).toBe(saidBy.join(' '));
    expect(attributes['data-sources']).toBe(sources.verdict);
    expect(attributes['data-machine']).toMatch(/^(held|not-held|too-noisy|not-run|cannot-run)$/);
    expect(attributes['data-lab']).toBe([...new Set(tests.map(({ lab }) => lab))].join(' '));
  }
});
