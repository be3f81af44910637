/** How the verdicts of the committed results have changed: labs/verdict-history.json, from which the feed is made. */
import { z } from 'zod';
import type { MachineVerdict } from './claims/index.ts';

const verdict = z.enum(['held', 'not-held', 'too-noisy', 'not-run', 'cannot-run']) satisfies z.ZodType<MachineVerdict>;

const changeSchema = z.strictObject({
  /** When it was noticed, ISO 8601 in UTC. */
  at: z.iso.datetime(),
  /** Id of the claim, `A2`. */
  claim: z.string().regex(/^[A-F]\d+$/),
  /** Null for a claim that is new. */
  from: verdict.nullable(),
  to: verdict,
});
export type VerdictChange = z.infer<typeof changeSchema>;

export const verdictHistorySchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Newest first. */
  changes: z.array(changeSchema),
});
export type VerdictHistory = z.infer<typeof verdictHistorySchema>;

/** What each claim's verdict is after all changes. */
export function verdictsAfter(changes: readonly VerdictChange[]): ReadonlyMap<string, MachineVerdict> {
  return new Map(changes.toReversed().map(({ claim, to }) => [claim, to]));
}

/** The history with what is different now before it; the same object when nothing is. */
export function withChanges(
  history: VerdictHistory,
  now: ReadonlyMap<string, MachineVerdict>,
  at: string,
): VerdictHistory {
  const before = verdictsAfter(history.changes);
  const changed = [...now].filter(([claim, to]) => before.get(claim) !== to);
  if (changed.length === 0) return history;
  const added = changed.map(([claim, to]): VerdictChange => ({ at, claim, from: before.get(claim) ?? null, to }));
  return { ...history, changes: [...added, ...history.changes] };
}
