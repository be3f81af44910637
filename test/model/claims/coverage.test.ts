/** No sentence of the articles without a claim or a reason, and no claim that nobody makes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { coverage, type Sentence } from '#model/claims/coverage.ts';
import { type ArticleNumber, articles, claims } from '#model/claims/index.ts';
import { hashOf, sentencesOf } from './sentences.ts';

const numbers = Object.keys(articles).map(Number) as ArticleNumber[];
const known = new Set(claims.map(({ id }) => id));

/** What is wrong with a row: not a hash, an unknown or doubled claim, neither claim nor reason. */
function faults({ hash, claims: ids, none }: Sentence): readonly string[] {
  return [
    ...(/^[0-9a-f]{12}$/.test(hash) ? [] : [`'${hash}' is no hash`]),
    ...ids.filter((id) => !known.has(id)).map((id) => `${hash}: there is no claim '${id}'`),
    ...(new Set(ids).size === ids.length ? [] : [`${hash} names a claim twice`]),
    ...(ids.length > 0 || none ? [] : [`${hash} has neither a claim nor a reason`]),
  ];
}

describe('coverage', () => {
  test.each(numbers)('of article %i: every sentence has claims or a reason', (number) => {
    expect(coverage[number].flatMap(faults)).toEqual([]);
    expect(coverage[number].length).toBeGreaterThan(30);
  });

  test('the check finds what is wrong', () => {
    expect(faults({ hash: 'x', claims: ['A1', 'Z1', 'A1'], none: null })).toEqual([
      "'x' is no hash",
      "x: there is no claim 'Z1'",
      'x names a claim twice',
    ]);
    expect(faults({ hash: '0123456789ab', claims: [], none: null })).toEqual([
      '0123456789ab has neither a claim nor a reason',
    ]);
  });

  test.each(claims.map((claim) => [claim.id, claim] as const))(
    '%s is made by just the articles that it names',
    (id, { saidBy }) => {
      const making = numbers.filter((number) => coverage[number].some((one) => one.claims.includes(id)));
      expect(making).toEqual(saidBy);
    },
  );
});

const folder = process.env.ZC_ARTICLES;

describe.skipIf(folder === undefined)(
  "the texts, which ZC_ARTICLES names: they are others' and not in the repository",
  () => {
    const texts =
      folder === undefined
        ? []
        : readdirSync(folder)
            .sort()
            .filter((name) => name.endsWith('.txt'));

    test.each(numbers)('article %i has just these sentences', (number) => {
      const text = readFileSync(join(folder as string, texts[number - 1] as string), 'utf8');
      const hashes = coverage[number].map(({ hash }) => hash);
      const sentences = sentencesOf(text);
      expect(sentences.filter((one) => !hashes.includes(hashOf(one)))).toEqual([]);
      expect(hashes).toEqual(sentences.map(hashOf));
    });

    test('a sentence that is not in the map is found', () => {
      const hashes = coverage[1].map(({ hash }) => hash);
      expect(hashes).not.toContain(hashOf('Zero copy was invented on a Tuesday.'));
    });
  },
);

describe('sentencesOf()', () => {
  test('cuts at lines and at ends of sentences, and keeps abbreviations and numbers whole', () => {
    const text = '### Fast\n\n- **One** thing.  Another: “quoted” 2.1 here (a.k.a. that).\n---\n1. Third?\n';
    expect(sentencesOf(text)).toEqual(['Fast', 'One thing.', 'Another: "quoted" 2.1 here (a.k.a. that).', 'Third?']);
  });

  test('the hash does not depend on marks, spaces and case, and does on words', () => {
    const [one, other] = [sentencesOf('* **Zero**  copy’s gain'), sentencesOf("zero copy's GAIN")].map(([text]) =>
      hashOf(text as string),
    );
    expect(one).toBe(other);
    expect(hashOf("zero copy's gains")).not.toBe(one);
  });
});
