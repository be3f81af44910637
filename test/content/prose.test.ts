/** The reader of pages must find each mistake that it is there for. */
import { describe, expect, test } from 'vitest';
import { firstWords, openingOf, proseOf, readPage, typedResults, wordsOf } from './prose.ts';

describe('typedResults()', () => {
  test.each([
    'It took 834 ms.',
    'It took 834ms.',
    'about 0.4 s of CPU',
    'in 12.3 µs',
    'a call costs 120 ns',
    'saves 55 % of the CPU',
    'saves 55% of the CPU',
    'between 39 and 45 percent less',
    'it is 2.3 times as fast',
    'it is six times slower',
    '3× as much',
    'a 2x gain',
    'at 1,219 MB/s',
    '10 Gbit/s',
    '`834 ms` in code',
    '```\nwall 834 ms\n```',
    '600 MB per second',
    'waits 2 to 3 seconds',
    '<Cited by="">65 % less</Cited>',
  ])('finds %j', (text) => expect(typedResults(text)).toHaveLength(1));

  test.each([
    'a 64 KiB buffer',
    'a 4 KiB page and 100 bytes',
    'one call moves at most 0x7ffff000 bytes, under 2 GiB',
    'IBM in 2008',
    'seven rounds, nine in all',
    'the baseline runs twice',
    'five ways to send',
    'sixteen pages at a time',
    'in 95 of 100 runs',
    'Linux 6.12 and Kafka 3.8.0',
    'several times',
    '<Num lab="x" as="change" /> less',
    '<Figure title="55 % less">\n\nWords.\n\n</Figure>',
    '[a page](/method/#55%)',
    'Text.\n\n## Sources\n\n- A paper: 65 % faster.',
    'it takes <Cited by="IBM, 2008">65 % less</Cited>',
  ])('lets %j stand', (text) => expect(typedResults(text)).toEqual([]));
});

test('readPage() takes frontmatter and imports off', () => {
  const page = readPage('a.mdx', "---\ntitle: A\nlab: b\n---\nimport X from 'x';\n\nHello there.\n");
  expect(page).toEqual({ file: 'a.mdx', frontmatter: { title: 'A', lab: 'b' }, body: 'Hello there.' });
});

test('proseOf() leaves the words between the tags of a component', () => {
  expect(proseOf('<A b={[1, 2]} c="d>e">words</A>').trim()).toBe('words');
  expect(wordsOf('One <A b="two three" /> [four](/five/) – six')).toEqual(['One', '[four]', 'six']);
});

test('openingOf() and firstWords() keep components', () => {
  const opening = openingOf('<Card />\n\nOne two <Num lab="x" /> three.\n\nNext.');
  expect(opening).toBe('One two <Num lab="x" /> three.');
  expect(firstWords(opening, 3)).toBe('One two <Num lab="x" />');
});
