/** The series of `npm run prove:explain`: whether a reason that was made on purpose is ranked first. */
import { z } from 'zod';
import { type ProveSummary, proveCommon } from './prove-common.ts';

const count = z.int().nonnegative();

const explainRunSchema = z.strictObject({
  order: count,
  /** The reason that was made. */
  provoked: z.string(),
  /** Runs before it in which the gain was there all the same. */
  empty: count,
  seed: count,
  /** Where the gain is missing; null: it was there. */
  measure: z.enum(['totalCpuNs', 'wallNs']).nullable(),
  /** Variant to baseline. */
  ratio: z.number().positive().nullable(),
  /** As explain() ranks them, the first first. */
  reasons: z.array(
    z.strictObject({
      code: z.string(),
      weight: z.number(),
      args: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
export type ExplainRun = z.infer<typeof explainRunSchema>;

export const proveExplainSchema = z.strictObject({
  kind: z.literal('prove-explain'),
  ...proveCommon,
  /** `each`: runs of each reason. */
  parameters: z.strictObject({ reasons: z.array(z.string()).min(1), each: count }),
  runs: z.array(explainRunSchema).min(1),
});
export type ProveExplain = z.infer<typeof proveExplainSchema>;

export const explainBar = { runs: 10, leastFirst: 9 } as const;

/** Reasons that lie in the machine at that moment; nobody can make sure that they are not there as well. */
const ofTheMachine: ReadonlySet<string> = new Set(['busy-machine', 'noisy-machine', 'throttled']);

type Ranked = Pick<ExplainRun, 'provoked' | 'reasons'>;

/** Whether the reason that was made is first. */
export function isFirst({ provoked, reasons }: Ranked): boolean {
  return reasons[0]?.code === provoked;
}

/**
 * Whether it is first but for what the machine did besides, for machines that are busy with other things. A busy receiver cannot
 * have had its CPU all the time then, which looks as if it came late.
 */
export function isFirstBesides({ provoked, reasons }: Ranked): boolean {
  const made = reasons.filter(({ code }) => code === provoked || !ofTheMachine.has(code));
  const [first] = made;
  const busy = made.length < reasons.length;
  return first?.code === provoked || (busy && provoked === 'receiver-bound' && first?.code === 'receiver-late');
}

/** In how many of its runs each reason was ranked first. */
export function firstRanked({ runs, parameters }: Pick<ProveExplain, 'runs' | 'parameters'>) {
  return parameters.reasons.map((reason) => {
    const those = runs.filter(({ provoked }) => provoked === reason);
    const first = those.filter(isFirst).length;
    return { reason, first, runs: those.length };
  });
}

/** Whether the reasons that were made were found. */
export function explainSummary(series: Pick<ProveExplain, 'runs' | 'parameters' | 'share' | 'small'>): ProveSummary {
  const found = firstRanked(series);
  const besides = series.runs.filter((run) => isFirstBesides(run) && !isFirst(run)).length;
  const missed = found.filter(({ first, runs }) => first < runs);
  const full = series.share === 1 && !series.small && found.every(({ runs }) => runs >= explainBar.runs);
  const total = { first: 0, runs: 0 };
  for (const { first, runs } of found) {
    total.first += first;
    total.runs += runs;
  }
  const empty = series.runs.reduce((sum, run) => sum + run.empty, 0);
  const others = missed.map(({ reason, first, runs }) => `${reason} in ${first} of ${runs}`);
  return {
    held: full ? found.every(({ first }) => first >= explainBar.leastFirst) : null,
    text: `Of ${total.runs} runs with a reason that was made, ${total.first} ranked it first${others.length > 0 ? ` (${others.join(', ')})` : ''}${besides > 0 ? `, and ${besides} more ranked it after what the machine did besides` : ''}; ${empty} more runs showed the gain all the same.`,
  };
}
