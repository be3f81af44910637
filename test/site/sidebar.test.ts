/** The road: every page stands in the sidebar once, and what comes after Kafka is folded. */
import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sidebar } from '#site/sidebar.ts';

/** Pages that are reached in other ways: the home page by its name, the search by its field, labs and exercises by their lists. */
const elsewhere = /^(index|404|search|labs\/.+|exercises\/.+)$/;
const slugOf = (file: string) => file.replace(/\.mdx$/, '').replace(/\/index$/, '');

test('holds every page once but for labs and exercises', () => {
  const pages = globSync('**/*.mdx', { cwd: 'content' }).map(slugOf);
  const listed = sidebar.flatMap(({ items }) => items);
  expect(listed.toSorted()).toEqual(pages.filter((slug) => !elsewhere.test(slug)).toSorted());
});

test('is folded after Kafka', () => {
  const folded = sidebar.filter((group) => 'collapsed' in group && group.collapsed).map(({ label }) => label);
  expect(sidebar.slice(0, 2).map(({ label }) => label)).toEqual(['Start here', 'Kafka']);
  expect(folded).toEqual(sidebar.slice(2).map(({ label }) => label));
});
