/** The series of `npm run prove:verdicts`: whether the verdicts on all claims come out the same when every lab runs again. */
import { z } from 'zod';
import { claims, type Evidence, judgeClaim } from './claims/index.ts';
import { type ProveSummary, proveCommon } from './prove-common.ts';
import type { LabResult } from './result.ts';
import { baselineDifference, factorGroups, type LeadingMeasure, noise } from './statistics.ts';

const count = z.int().nonnegative();

const verdictSchema = z.strictObject({
  id: z.string(),
  state: z.enum(['held', 'not-held', 'too-noisy', 'not-run', 'cannot-run']),
  /** Code of the reason where nothing was decided. */
  why: z.string().nullable(),
  /** Whether a time decides it; the others come out the same whenever they come out. */
  timed: z.boolean(),
});
export type RunVerdict = z.infer<typeof verdictSchema>;

const verdictsRunSchema = z.strictObject({
  order: count,
  startedAt: z.iso.datetime(),
  /** Of the whole run of all labs. */
  durationNs: count,
  labs: z.array(z.strictObject({ lab: z.string(), noise: z.number().nullable() })),
  /** Labs without a result. */
  failed: z.array(z.strictObject({ lab: z.string(), why: z.string() })),
  /** The baselines against themselves: how many comparisons, and how many 99 % intervals left out 1. */
  same: z.strictObject({ compared: count, differed: count }),
  verdicts: z.array(verdictSchema),
});
export type VerdictsRun = z.infer<typeof verdictsRunSchema>;

export const proveVerdictsSchema = z.strictObject({
  kind: z.literal('prove-verdicts'),
  ...proveCommon,
  parameters: z.strictObject({ command: z.string(), commits: z.array(z.string()) }),
  runs: z.array(verdictsRunSchema).min(1),
});
export type ProveVerdicts = z.infer<typeof proveVerdictsSchema>;

export const verdictsBar = { runs: 5, apartMs: 30 * 60 * 1000, mostTooNoisy: 6 } as const;

/** Reasons for which a claim may stay open: it takes a card, or nothing decides it. */
const MAY_STAY_OPEN: ReadonlySet<string | null> = new Set(['no-card', 'no-lab']);

/** Judges every claim by the results of one run of all labs. */
export function verdictsOf(results: readonly LabResult[]): RunVerdict[] {
  const evidence: Evidence = Object.fromEntries(results.map((result) => [result.lab, result]));
  return claims.map((claim) => {
    const { state, why, tested } = judgeClaim(claim, evidence);
    const timed = tested.some(
      ({ finding }) =>
        finding.state === 'too-noisy' || ('numbers' in finding && finding.numbers.some(({ low }) => low !== undefined)),
    );
    return { id: claim.id, state, why: why?.code ?? null, timed };
  });
}

/** How often the baseline differed from itself, of how many comparisons. */
export function sameAgainstSame(result: LabResult, { measure, per }: LeadingMeasure): VerdictsRun['same'] {
  if (result.kind !== 'time') return { compared: 0, differed: 0 };
  const groups = factorGroups(result).filter((group) => noise(result, group, measure, 0.99, per).state === 'estimate');
  const differed = groups.filter((group) => baselineDifference(result, group, measure, per) !== undefined);
  return { compared: groups.length, differed: differed.length };
}

/** What does not belong in such a series, in words; empty: the bar is met as far as it was run. */
export function verdictFaults(runs: readonly VerdictsRun[]): string[] {
  const ids = runs[0]?.verdicts.map(({ id }) => id) ?? [];
  const of = (id: string) => runs.flatMap(({ verdicts }) => verdicts.find((one) => one.id === id) ?? []);
  const flips = ids.filter((id) => ['held', 'not-held'].every((state) => of(id).some((one) => one.state === state)));
  const isOpen = ({ state, why }: RunVerdict) =>
    (state === 'not-run' || state === 'cannot-run') && !MAY_STAY_OPEN.has(why);
  const open = ids.filter((id) => of(id).some(isOpen));
  const noisy = runs.map(({ verdicts }) => verdicts.filter(({ state }) => state === 'too-noisy').length);
  return [
    ...flips.map((id) => `${id} flipped between held and did not hold`),
    ...open.map((id) => `${id} was left open in a run: ${of(id).find(isOpen)?.why}`),
    ...noisy.flatMap((many, at) =>
      many > verdictsBar.mostTooNoisy ? [`${many} claims were too noisy to say in run ${at + 1}`] : [],
    ),
    ...runs.flatMap(({ failed }, at) => failed.map(({ lab }) => `${lab} gave no result in run ${at + 1}`)),
  ];
}

/** Whether the verdicts repeat. */
export function verdictsSummary({ runs }: Pick<ProveVerdicts, 'runs'>): ProveSummary {
  const faults = verdictFaults(runs);
  const decided = (run: VerdictsRun) => run.verdicts.filter(({ state }) => state === 'held' || state === 'not-held');
  const noisy = runs.map(({ verdicts }) => verdicts.filter(({ state }) => state === 'too-noisy').length);
  const same = runs.reduce((sum, run) => sum + run.same.compared, 0);
  const differed = runs.reduce((sum, run) => sum + run.same.differed, 0);
  const text = `In ${runs.length} runs of all labs ${range(runs.map((run) => decided(run).length))} claims were decided and ${range(noisy)} were too noisy to say; ${faults.length === 0 ? 'none flipped' : faults.join('; ')}. The baselines were compared with themselves ${same} times and differed in ${differed}, where 99 % intervals let ${(same / 100).toFixed(1)} be expected.`;
  return { held: faults.length > 0 ? false : runs.length >= verdictsBar.runs ? true : null, text };
}

/** What two series say of the same claims: a sentence on those that both decided, each every time alike. */
export function verdictsAgreement(one: Pick<ProveVerdicts, 'runs'>, other: Pick<ProveVerdicts, 'runs'>): string {
  const [mine, theirs] = [decidedIn(one), decidedIn(other)];
  const both = [...mine.keys()].filter((id) => theirs.has(id));
  const otherwise = both.filter((id) => mine.get(id) !== theirs.get(id));
  const found = otherwise.length === 0 ? 'none of them otherwise' : `otherwise ${otherwise.join(', ')}`;
  return `Both decided ${both.length} ${both.length === 1 ? 'claim' : 'claims'}, and ${found}.`;
}

/** Claim → what every run that decided it says; without those that no run decided, or that flipped. */
function decidedIn({ runs }: Pick<ProveVerdicts, 'runs'>): ReadonlyMap<string, string> {
  const states = Map.groupBy(
    runs.flatMap(({ verdicts }) => verdicts).filter(({ state }) => state === 'held' || state === 'not-held'),
    ({ id }) => id,
  );
  return new Map(
    [...states].flatMap(([id, all]) => {
      const [state, ...others] = new Set(all.map((one) => one.state));
      return state && others.length === 0 ? [[id, state] as const] : [];
    }),
  );
}

function range(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(least) : `${least} to ${most}`;
}
