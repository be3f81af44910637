/** The claims as data: complete, cited, and each either tested or with a reason. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { labIds } from '#cli/places.ts';
import { articles, claimGroups, claims } from '#model/claims/index.ts';
import { reasonText } from '#model/words/claims.ts';

const expected = { A: 12, B: 11, C: 7, D: 14, E: 15, F: 7 };
/** Those that no lab decides, or only a network card; all others name a lab. */
const withoutLab = ['A1', 'A8', 'C1', 'D13', 'F6', 'F7'];

describe('claims', () => {
  test('are numbered through in each group', () => {
    for (const { letter, claims: own } of claimGroups) {
      const count = expected[letter as keyof typeof expected];
      expect(own.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, at) => `${letter}${at + 1}`));
    }
  });

  test.each(claims.map((claim) => [claim.id, claim] as const))(
    '%s has statement, speakers, sources and a test or a reason',
    (_, claim) => {
      expect(claim.statement).toMatch(/^\S.{10,140}\.$/);
      expect(claim.saidBy.every((number) => articles[number])).toBe(true);
      expect([...claim.saidBy]).toEqual([...new Set(claim.saidBy)].sort());
      expect(claim.sources.citations.length).toBeGreaterThan(0);
      for (const { source, says } of claim.sources.citations) {
        expect(source).toMatch(/^\S.{5,}/);
        expect(says).toMatch(/^\S.{10,}\.$/);
      }
      for (const { asks } of claim.tests ?? []) expect(asks).toMatch(/^\S.{20,}[^.]$/);
      for (const { why } of claim.untested ?? [])
        expect(reasonText(why).why).toMatch(/^(it needs|no lab decides it: )/);
      expect((claim.tests ?? claim.untested)?.length).toBeGreaterThan(0);
    },
  );

  test('only those that are known to have none have no lab', () => {
    const without = claims.filter(({ untested = [] }) => untested.some(({ why }) => why.code === 'no-lab'));
    expect(
      without
        .map(({ id }) => id)
        .concat('A8')
        .sort(),
    ).toEqual([...withoutLab].sort());
  });

  test('every lab that tests a claim is there', () => {
    const labs = claims.flatMap(({ tests = [] }) => tests.map(({ lab }) => lab));
    expect(labs.filter((lab) => !labIds().includes(lab))).toEqual([]);
  });
});

test('the catalogue names no lab that claims and labs do not know', () => {
  const { labs } = JSON.parse(readFileSync(new URL('../../labs/catalogue.json', import.meta.url), 'utf8'));
  expect(labs.map(({ id }: { id: string }) => id).sort()).toEqual(labIds());
});
