/**
 * What the long series leave behind that prove the method itself (`npm run prove:…`): one JSON document each, with every
 * single run in it. What is said about them is derived here.
 */
import { z } from 'zod';
import { proveBrokerSchema } from './prove-broker.ts';
import { type ProveSummary, proveCommon } from './prove-common.ts';
import { proveCopiesSchema } from './prove-copies.ts';
import { explainBar, proveExplainSchema } from './prove-explain.ts';
import { proveLearnSchema } from './prove-learn.ts';
import { proveVerdictsSchema } from './prove-verdicts.ts';
import { claimsDifference } from './statistics/estimate.ts';

export * from './prove-broker.ts';
export * from './prove-common.ts';
export * from './prove-copies.ts';
export * from './prove-explain.ts';
export * from './prove-learn.ts';
export * from './prove-verdicts.ts';

const count = z.int().nonnegative();

/** One measured run: a baseline, twice a round, and one variant; values by round. */
const statisticsRunSchema = z.strictObject({
  order: count,
  /** `same`: the variant is the baseline under another name. `planted`: it moves more bytes on purpose. */
  variant: z.enum(['same', 'planted']),
  seed: count,
  bytes: z.strictObject({ baseline: count, repeat: count, variant: count }),
  /** CPU time of sender and receiver together, ns, by round: the estimate is made of these. */
  totalCpuNs: z.strictObject({ baseline: z.array(count), repeat: z.array(count), variant: z.array(count) }),
  /** Variant to baseline, and the interval that was asked for. */
  ratio: z.number().positive(),
  low: z.number().positive(),
  high: z.number().positive(),
});
export type StatisticsRun = z.infer<typeof statisticsRunSchema>;

/** Whether the statistics claim a difference where there is none, and find one where there is one. */
export const proveStatisticsSchema = z.strictObject({
  kind: z.literal('prove-statistics'),
  ...proveCommon,
  parameters: z.strictObject({
    technique: z.string(),
    link: z.string(),
    chunk: count,
    bytes: count,
    /** Part of `bytes` that the planted variant moves in addition. */
    plantedShare: z.number().positive(),
    rounds: count,
    measure: z.literal('totalCpuNs'),
    confidence: z.number(),
  }),
  runs: z.array(statisticsRunSchema).min(1),
});
export type ProveStatistics = z.infer<typeof proveStatisticsSchema>;

const killRunSchema = z.strictObject({
  order: count,
  command: z.string(),
  signal: z.enum(['SIGINT', 'SIGKILL']),
  /** The run's main process alone, or its whole process group, as Ctrl-C on a terminal does. */
  to: z.enum(['process', 'group']),
  /** From the start of the command to the signal, ms. */
  momentMs: z.number().nonnegative(),
  /** What the run had at that moment. */
  had: z.strictObject({ processes: count, sockets: count, files: count }),
  exitCode: count.nullable(),
  endedBy: z.string().nullable(),
  /** What was still there two seconds after the signal, and what else was wrong; empty: nothing. */
  faults: z.array(z.string()),
});
export type KillRun = z.infer<typeof killRunSchema>;

/** Whether anything is left two seconds after a run was interrupted, or its main process killed, at a random moment. */
export const proveKillSchema = z.strictObject({
  /** The second: of runs in the guest, each with a cache of its own. */
  kind: z.enum(['prove-kill', 'prove-guest-kill']),
  ...proveCommon,
  parameters: z.strictObject({
    waitMs: count,
    /** Length of an undisturbed run by command, ms: the moments are drawn from 0 to it. */
    lengthMs: z.record(z.string(), z.number().positive()),
    /** Runs that had ended before their moment came; each was repeated with another moment. */
    missed: count,
  }),
  runs: z.array(killRunSchema).min(1),
});
export type ProveKill = z.infer<typeof proveKillSchema>;

const byteCounts = { sentBytes: count, oldBytes: count, newBytes: count, otherBytes: count, overwrittenBytes: count };

/** One path over one link with one control: what was expected every round, and what was seen in which rounds. */
const pagesCaseSchema = z.strictObject({
  variant: z.string(),
  link: z.string(),
  control: z.string(),
  expected: z.strictObject({ ...byteCounts, kernelSaysCopied: z.boolean().nullable() }),
  seen: z.array(
    z.strictObject({ ...byteCounts, kernelSaysCopied: z.boolean().nullable(), rounds: z.array(count).min(1) }),
  ),
});
export type PagesCase = z.infer<typeof pagesCaseSchema>;

/** Whether the overwrite test gives the same right answer every time. */
export const provePagesSchema = z.strictObject({
  kind: z.literal('prove-pages'),
  ...proveCommon,
  parameters: z.strictObject({ bytes: count, rounds: count }),
  cases: z.array(pagesCaseSchema).min(1),
  /** Paths that this machine refuses, and why. */
  refused: z.array(z.strictObject({ variant: z.string(), link: z.string(), control: z.string(), why: z.string() })),
  /** What does not belong in such a result, or is missing from it. */
  faults: z.array(z.string()),
});
export type ProvePages = z.infer<typeof provePagesSchema>;

export const proveResultSchema = z.discriminatedUnion('kind', [
  proveStatisticsSchema,
  proveKillSchema,
  provePagesSchema,
  proveCopiesSchema,
  proveVerdictsSchema,
  proveLearnSchema,
  proveExplainSchema,
  proveBrokerSchema,
]);
export type ProveResult = z.infer<typeof proveResultSchema>;

/** The bar that the project set itself, for full series. */
export const bar = {
  statistics: { same: 200, mostClaims: 18, planted: 40, leastFound: 32 },
  kill: { runs: 100 },
  guestKill: { runs: 20 },
  pages: { rounds: 50 },
  explain: explainBar,
} as const;

/** How many runs claimed a difference, by whether there was one. */
export function statisticsSummary({ runs, share, small }: ProveStatistics): ProveSummary & {
  readonly same: { readonly runs: number; readonly claims: number };
  readonly planted: { readonly runs: number; readonly claims: number };
} {
  const of = (variant: StatisticsRun['variant']) => {
    const those = runs.filter((run) => run.variant === variant);
    return { runs: those.length, claims: those.filter(claimsDifference).length };
  };
  const [same, planted] = [of('same'), of('planted')];
  const { mostClaims, leastFound } = bar.statistics;
  const full = share === 1 && !small && same.runs === bar.statistics.same && planted.runs === bar.statistics.planted;
  // A planted difference counts as found only on the side where it was planted.
  const found = runs.filter((run) => run.variant === 'planted' && run.low > 1).length;
  return {
    same,
    planted: { runs: planted.runs, claims: found },
    held: full ? same.claims <= mostClaims && found >= leastFound : null,
    text: `Of ${same.runs} runs of the same against the same, ${same.claims} claimed a difference; of ${planted.runs} with 10 % more bytes planted, ${found} found it.`,
  };
}

/** How many runs left nothing behind, by signal. */
export function killSummary({ kind, runs, share, small }: ProveKill): ProveSummary & { readonly clean: number } {
  const of = (signal: KillRun['signal']) => {
    const those = runs.filter((run) => run.signal === signal);
    const spotless = those.filter((run) => run.faults.length === 0);
    return those.length === 0 ? [] : `${spotless.length} of ${those.length} after ${signal}`;
  };
  const clean = runs.filter((run) => run.faults.length === 0).length;
  const { runs: least } = kind === 'prove-kill' ? bar.kill : bar.guestKill;
  const kills = runs.filter(({ signal }) => signal === 'SIGKILL').length;
  const whole = share === 1 && !small && kills >= least;
  return {
    clean, // One run that leaves something behind is a failure in any series.
    held: clean < runs.length ? false : whole ? true : null,
    text: `Two seconds later nothing was left of ${[of('SIGINT'), of('SIGKILL')].flat().join(' and ')} to the main process alone.`,
  };
}

/** Rounds in which this path gave the expected answer. */
export function rightRounds({ expected, seen }: PagesCase): number {
  const names = Object.keys(expected) as (keyof PagesCase['expected'])[];
  return seen
    .filter((one) => names.every((name) => one[name] === expected[name]))
    .reduce((sum, one) => sum + one.rounds.length, 0);
}

/** How many paths gave the right answer in every round, and how many of their controls turned it. */
export function pagesSummary({ cases, faults, parameters, share }: ProvePages): ProveSummary {
  const { rounds } = parameters;
  const right = (those: readonly PagesCase[]) => those.filter((one) => rightRounds(one) === rounds).length;
  const answers = cases.filter(({ control }) => control === 'none');
  const controls = cases.filter(({ control }) => control !== 'none');
  const wrong = faults.length > 0 || right(cases) < cases.length;
  return {
    held: wrong ? false : share === 1 && rounds >= bar.pages.rounds ? true : null,
    text: `${right(answers)} of ${answers.length} paths gave the right answer ${rounds} times out of ${rounds}, and so did ${right(controls)} of ${controls.length} controls.`,
  };
}
