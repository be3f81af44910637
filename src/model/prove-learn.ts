/** The series of `npm run prove:learn`: whether anything that was checked, or saved under watch, is lost by an interruption. */
import { z } from 'zod';
import { type ProveSummary, proveCommon } from './prove-common.ts';

const count = z.int().nonnegative();

/** What interrupts: a kill, a disk that fills, a work folder that cannot be written, a damaged progress file, `git clean -fdx`. */
export const interruptions = ['kill', 'full-disk', 'read-only', 'corrupt', 'clean'] as const;

const learnRunSchema = z.strictObject({
  order: count,
  interruption: z.enum(interruptions),
  seed: count,
  /** Saves of the learner's file, and how many of them the watch mode was seen to check. */
  saves: count,
  checked: count,
  /** Snapshots that there were at the end. */
  snapshots: count,
  /** What was lost, and what else was wrong; empty: nothing. */
  faults: z.array(z.string()),
});
export type LearnRun = z.infer<typeof learnRunSchema>;

export const proveLearnSchema = z.strictObject({
  kind: z.literal('prove-learn'),
  ...proveCommon,
  parameters: z.strictObject({ exercise: z.string() }),
  runs: z.array(learnRunSchema).min(1),
});
export type ProveLearn = z.infer<typeof proveLearnSchema>;

/** What the series is held against. */
export const learnBar = { runs: 20 } as const;

/** In how many runs nothing was lost. */
export function learnSummary({ runs, share, small }: ProveLearn): ProveSummary {
  const sum = (value: (run: LearnRun) => number) => runs.reduce((total, run) => total + value(run), 0);
  const whole = runs.filter(({ faults }) => faults.length === 0).length;
  const full = share === 1 && !small && runs.length >= learnBar.runs;
  return {
    // One loss is a failure in any series.
    held: whole < runs.length ? false : full ? true : null,
    text: `Nothing was lost in ${whole} of ${runs.length} interrupted sessions, with ${sum(({ saves }) => saves)} saves of which ${sum(({ checked }) => checked)} had been checked.`,
  };
}
