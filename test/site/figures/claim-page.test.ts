import { describe, expect, test } from 'vitest';
import { claims, judgeClaim } from '#model/claims/index.ts';
import { reasonText } from '#model/words/claims.ts';
import { allAsked } from '#site/figures/asked.ts';
import { claimPage, claimPath, neighboursOf } from '#site/figures/claim-page.ts';
import { evidenceFrom } from '#site/figures/verdicts.ts';
import { claimResults } from '../../fixtures/claims-results.ts';

const entries = Object.entries(claimResults).map(([lab, make]) => ({ id: `reference-vm/${lab}`, data: make() }));
const evidence = evidenceFrom(entries);
/** A claim that one lab decides against the statement. */
const refuted = claims.find(
  (one) =>
    one.tests?.length === 1 && one.tests[0].lab === 'count-calls' && judgeClaim(one, evidence).state === 'not-held',
)!;

describe('claimPage()', () => {
  test('has both verdicts, what was asked, the numbers and the command', () => {
    const page = claimPage(refuted, evidence, {});
    expect(page).toMatchObject({ machine: 'Did not hold here' });
    expect(page.description).toMatch(/^What is said .* The sources: [a-z, ]+\. Our machine: did not hold here\.$/);
    expect(page.seenOn).toMatch(/^test-vm, \d+ [A-Z]\w+ \d{4}$/);
    expect(page.asked[0]?.numbers.length).toBeGreaterThan(0);
    expect(page.repeat).toContain(`./zc run ${page.asked[0]?.lab}`);
    expect(page.better).toMatch(/\.$/);
  });

  test("names variants as their lab does, and not as another lab's", () => {
    const { lab } = claimPage(refuted, evidence, {}).asked[0]!;
    const named = claimPage(refuted, evidence, {
      [lab]: { variants: { sendfile: 'SENDFILE' } },
    }).asked[0]?.numbers.join();
    const other = claimPage(refuted, evidence, {
      other: { variants: { sendfile: 'SENDFILE' } },
    }).asked[0]?.numbers.join();
    expect([named?.includes('SENDFILE'), other?.includes('SENDFILE')]).toEqual([true, false]);
  });

  test('says why there is no verdict, for every claim without evidence', () => {
    for (const each of claims) {
      const { asked, untested, seenOn } = claimPage(each, {}, {});
      expect(seenOn).toBe('');
      expect(asked.every(({ why, numbers }) => why !== null && numbers.length === 0)).toBe(true);
      expect(asked.length + untested.length, each.id).toBeGreaterThan(0);
    }
  });

  test('a title has no full stop, and no two are alike', () => {
    const titles = claims.map((each) => claimPage(each, {}, {}).title);
    expect(titles.filter((title) => title.endsWith('.'))).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

test('allAsked() is what stands on the page of each claim', () => {
  for (const each of claims)
    expect(allAsked(judgeClaim(each, evidence).tested, {}, reasonText)).toEqual(claimPage(each, evidence, {}).asked);
});

test('neighboursOf() goes through the list, and ends at its ends', () => {
  const [first, second] = claims;
  expect(neighboursOf(first!)).toEqual({ before: undefined, after: second });
  expect(neighboursOf(claims.at(-1)!).after).toBeUndefined();
  expect(claimPath('A10')).toBe('/verdicts/a10/');
});
