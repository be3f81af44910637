/** A page with an answer of each shape, built from synthetic results. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogueSchema } from '#model/catalogue.ts';
import type { LabResult } from '#model/result.ts';
import {
  type AnswerFixtureEntry,
  crossoverEntry,
  crossoverResult,
  distributionEntry,
  distributionResult,
  factsEntry,
  factsResult,
  growthEntry,
  growthResult,
  ratioEntry,
  ratioResult,
} from '../fixtures/results.ts';
import { buildSite, readSite } from './build.ts';
import { elementsOf, textOf } from './checks/html.ts';
import { checkFigures, checkHeadings, checkInline, checkReadable } from './checks/page.ts';

const cannotRun = [{ variant: 'mmap', factors: { size: 1 }, why: 'no-network-namespace', args: {} }];
const shown: readonly (readonly [AnswerFixtureEntry, LabResult])[] = [
  [growthEntry, growthResult()],
  [crossoverEntry, crossoverResult({ cannotRun })],
  [distributionEntry, distributionResult()],
  [ratioEntry, ratioResult()],
  [factsEntry, factsResult()],
];

let [folder, built, html] = ['', '', ''];

beforeAll(() => {
  mkdirSync('.work', { recursive: true });
  folder = mkdtempSync('.work/answers-');
  const [content, results] = [join(folder, 'content'), join(folder, 'results')];
  cpSync('content', content, { recursive: true });
  writeFileSync(join(content, 'answers.mdx'), page());
  // Their own pages ask the recorded results for what these do not have.
  for (const [{ id }] of shown) rmSync(join(content, 'labs', `${id}.mdx`), { force: true });
  cpSync('labs/results', results, { recursive: true });
  for (const [{ id }, result] of shown) writeFileSync(join(results, 'reference-vm', `${id}.json`), onReference(result));
  writeFileSync(join(folder, 'catalogue.json'), JSON.stringify(catalogue()));
  built = buildSite({
    SITE_CONTENT: content,
    SITE_RESULTS: results,
    SITE_CATALOGUE: join(folder, 'catalogue.json'),
  });
  html = readSite(join(built, 'dist')).get('answers/index.html') ?? '';
});

afterAll(() => {
  for (const each of [folder, built]) if (each) rmSync(each, { recursive: true, force: true });
});

test('has figures with title, text twin and table twin, and needs no script', () => {
  expect(elementsOf(html, 'figure')).toHaveLength(4);
  for (const check of [checkFigures, checkHeadings, checkReadable]) expect(check(html)).toEqual([]);
  expect(checkInline(html, [/./])).toEqual([]);
});

test.each([
  ['growth', 'With each further consumer', 'one consumer more'],
  ['crossover', 'mmap spent more CPU than read up to 64 KiB, and less from 1 MiB on.', '5.98 (5.83–6.18)'],
  ['spread', 'half of the requests took at most', 'slowest'],
  ['ratio', 'sendfile had 20 % less time an access than read + write', '0.80 (0.78–0.82)'],
  ['facts', "64 KiB were the file's own; over one that cannot: none.", 'Pages shared'],
])('says and tabulates the %s', (_, text, cell) => {
  const said = textOf(html).replace(/\s+/g, ' ');
  expect(said.toLowerCase()).toContain(text.toLowerCase());
  expect(said).toContain(cell);
});

test('marks the range in which a ratio turns', () => {
  const figure = elementsOf(html, 'figure').find((each) => each.includes('id="crossover"')) ?? '';
  expect(figure.match(/class="turn"/g)).toHaveLength(1);
});

test('says what could not run, and what was not recorded', () => {
  expect(textOf(html)).toContain('Cannot run here: mmap (files of 1 byte):');
  expect(textOf(html)).toMatch(/Not recorded yet:\s+\.\/zc run never-recorded/);
});

test('writes no number that is none', () => {
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
});

function page(): string {
  const ids = ['growth', 'crossover', 'spread', 'ratio', 'facts'];
  const answers = shown.map(([{ id }], at) => `<Answer lab="${id}" id="${ids[at]}" />`);
  return `---
title: Answers
description: An answer of each shape, for the tests of the built site only.
---
import Answer from '#site/components/Answer.astro';

${[...answers, '<Answer lab="never-recorded" id="none" />'].join('\n\n')}
`;
}

function onReference(result: LabResult): string {
  return JSON.stringify({ ...result, environment: { ...result.environment, machine: 'reference-vm' } });
}

/** The committed catalogue with the fixtures' labs in the place of those of their names. */
function catalogue() {
  const { labs } = catalogueSchema.parse(JSON.parse(readFileSync('labs/catalogue.json', 'utf8')));
  const cost = { seconds: 1, diskBytes: 0, memoryBytes: 0 };
  const added = shown.map(([entry, { kind }]) => ({
    ...entry,
    kind,
    first: null,
    shows: ['a fixture'],
    leavesOut: ['everything'],
    needs: [],
    cost: { quick: cost, default: cost, full: cost },
  }));
  const others = labs.filter(({ id }) => !added.some((one) => one.id === id));
  return catalogueSchema.parse({ schemaVersion: 1, labs: [...others, ...added] });
}
