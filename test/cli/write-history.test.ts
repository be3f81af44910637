import { expect, test } from 'vitest';
import { committedVerdicts, readHistory } from '#cli/write-history.ts';
import { verdictsAfter } from '#model/verdict-history.ts';

test('the history ends with the verdicts on the committed results: npm run history notes what changed', () => {
  const after = verdictsAfter(readHistory().changes);
  const now = committedVerdicts();
  expect(Object.fromEntries([...now.keys()].map((id) => [id, after.get(id)]))).toEqual(Object.fromEntries(now));
});

test('the history is newest first, and each change begins where the one before it ended', () => {
  const { changes } = readHistory();
  const times = changes.map(({ at }) => at);
  expect(times).toEqual(times.toSorted().reverse());
  const before = new Map<string, string>();
  for (const { claim, from, to } of changes.toReversed()) {
    expect(from, claim).toBe(before.get(claim) ?? null);
    expect(to, claim).not.toBe(from);
    before.set(claim, to);
  }
});
