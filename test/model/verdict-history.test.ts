import { describe, expect, test } from 'vitest';
import type { MachineVerdict } from '#model/claims/index.ts';
import { type VerdictHistory, verdictHistorySchema, verdictsAfter, withChanges } from '#model/verdict-history.ts';

const [first, second] = ['2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z'];
const empty: VerdictHistory = { schemaVersion: 1, changes: [] };
const now = (...all: [string, MachineVerdict][]) => new Map(all);

describe('withChanges()', () => {
  const begun = withChanges(empty, now(['A1', 'held'], ['A2', 'not-run']), first);

  test('puts new verdicts before the old ones, with what they were', () => {
    const later = withChanges(begun, now(['A1', 'held'], ['A2', 'not-held']), second);
    expect(later.changes[0]).toEqual({ at: second, claim: 'A2', from: 'not-run', to: 'not-held' });
    expect(later.changes).toHaveLength(3);
    expect(verdictsAfter(later.changes)).toEqual(now(['A1', 'held'], ['A2', 'not-held']));
    expect(verdictHistorySchema.parse(later)).toEqual(later);
  });

  test('leaves a history as it is when nothing changed', () => {
    expect(withChanges(begun, now(['A2', 'not-run'], ['A1', 'held']), second)).toBe(begun);
  });
});
