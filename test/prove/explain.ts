/**
 * `npm run prove:explain`: makes each reason of `./zc explain` that can be made here, runs a lab with it ten times, and looks
 * whether it is ranked first. Options: --share, --seed, --small, --work, --record FILE.
 *
 * A run in which the gain was there all the same explains nothing, and is taken again, a bounded number of times; how often is
 * in the document.
 */
import { randomFrom, shuffled } from '#measure/random.ts';
import { withSession } from '#measure/session.ts';
import { explain } from '#model/explain/index.ts';
import { bar, type ExplainRun, explainSummary, type ProveExplain } from '#model/prove.ts';
import type { TimeResult } from '#model/result.ts';
import { type Asked, partOf, proveProgram } from './program.ts';
import { type Provoked, provoking, reasons } from './slow-lab.ts';

/** Runs in which nothing was missing, before a case is given up. */
const MOST_EMPTY = 10;

if (import.meta.main) await proveProgram('explain', proveExplain, explainSummary);

/** Runs the series; the cases are mixed in seeded order. */
export async function proveExplain(asked: Asked): Promise<ProveExplain> {
  const { share, seed, small } = asked;
  const startedAt = new Date();
  const random = randomFrom(seed);
  const each = partOf(bar.explain.runs, share);
  const runs: ExplainRun[] = [];
  let last: TimeResult | undefined;
  for (const [order, provoked] of shuffled(
    reasons.flatMap((reason) => Array<Provoked>(each).fill(reason)),
    random,
  ).entries()) {
    let run: ExplainRun;
    let empty = 0;
    do {
      last = await runProvoked(provoked, Math.floor(random() * 2 ** 32), asked);
      run = explainedRun(last, { order, provoked, empty });
    } while (run.reasons.length === 0 && ++empty < MOST_EMPTY);
    runs.push(run);
    const [first] = run.reasons;
    asked.say(
      `${provoked}: ${first ? `${first.code} first (${run.measure} ${run.ratio?.toFixed(2)})` : 'nothing was missing'}`,
    );
  }
  return {
    kind: 'prove-explain',
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    seed,
    share,
    small,
    environment: (last as TimeResult).environment,
    parameters: { reasons, each },
    runs,
  };
}

/** One run of a lab with a reason that was made. */
export function runProvoked(
  reason: Provoked,
  seed: number,
  { work, signal }: Pick<Asked, 'work' | 'signal'>,
): Promise<TimeResult> {
  const { lab, labFile } = provoking(reason);
  const request = { mode: 'quick', rounds: null, bytes: null, receiver: 'copy', seed } as const;
  const { diskBytes } = lab.cost.quick;
  return withSession(
    { request, labFile, work, diskBytes, progress: () => {}, signal },
    async (session) => (await lab.run(lab, session)) as TimeResult,
  );
}

/** What is kept of a run: the missing gain, and its reasons, the first first. */
export function explainedRun(result: TimeResult, about: Pick<ExplainRun, 'order' | 'provoked' | 'empty'>): ExplainRun {
  const [explained] = explain(result);
  if (!explained) return { ...about, seed: result.seed, measure: null, ratio: null, reasons: [] };
  const { measure, comparison } = explained.situation;
  const ratio = 'ratio' in comparison ? comparison.ratio : null;
  return { ...about, seed: result.seed, measure, ratio, reasons: [...explained.reasons] };
}
