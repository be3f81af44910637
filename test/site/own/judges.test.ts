/** The names by which pages carry their predicates lead back to the very same ones. */
import { expect, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import { claimAsk } from '#site/own/claim-ask.ts';
import { loadJudges } from '#site/own/judges.ts';

test.each(claims)('$id asks for what judges it', async ({ id, tests = [], untested = [] }) => {
  const ask = claimAsk(id, true);
  expect(ask.untested).toEqual(untested);
  const judges = await loadJudges(ask.tests.map(({ judge }) => judge));
  expect(ask.tests.map(({ lab, asks, judge }) => ({ lab, asks, judge: judges.get(judge) }))).toEqual(tests);
  expect(claimAsk(id).tests.map(({ asks }) => asks)).toEqual(tests.map(() => undefined));
});

test.each(['kafka.nothing', 'nothing.tlsWithoutSendfile', 'look-up', ''])("'%s' is no predicate", async (name) => {
  await expect(loadJudges([name])).rejects.toThrow(`Expected the name of a predicate, found '${name}'`);
});

test('an unknown claim is refused', () => {
  expect(() => claimAsk('Z9')).toThrow("Expected a claim, found 'Z9'");
});
