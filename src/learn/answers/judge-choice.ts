/** Judges choices: what the learner counts on is counted here, for every technique of the situation. */
import type { Finding, Judgement } from '#model/finding.ts';
import type { Bench } from '../bench.ts';
import type { Scope } from '../scope.ts';
import { ask } from './ask.ts';
import { askEndingFinding, askLeftFindings } from './asked-findings.ts';
import { candidates } from './candidates.ts';
import { type Counted, countCandidates, type Quantity, quantities } from './count-candidates.ts';
import type { Json } from './paper.ts';

/** The learner exports, for each situation, a technique and the quantity that speaks for it. */
export interface ChoiceTask {
  readonly kind: 'choice';
  /** Name of the constant. */
  readonly answers: string;
  /** Situations of candidates.ts in order, and the quantity that decides each. */
  readonly decides: Readonly<Record<string, Quantity>>;
  /** Those that the starter has answered. */
  readonly examples: readonly string[];
}

/** More of it is better; of all others less is. */
const moreIsBetter: readonly Quantity[] = ['references'];
/** Less than this is no reason to choose anything. */
const FACTOR = 2;

export async function judgeChoice(module: string, task: ChoiceTask, bench: Bench, scope: Scope): Promise<Judgement> {
  const situations = scope === 'all' ? Object.keys(task.decides) : task.examples;
  const questions = [{ name: task.answers, args: [] }];
  const asked = await ask({ module, stage: 'plain', questions, paths: [] }, bench);
  const ending = askEndingFinding(asked, [{ task: task.kind }]);
  if (ending) return { state: 'failed', findings: [ending] };
  const answers = (asked.answers[0]?.value ?? {}) as Readonly<Record<string, Json>>;
  bench.onTrial?.({ state: 'counting' });
  const counted = (await countOnce(bench)).filter((one) => situations.includes(one.situation));
  const wrong = situations.flatMap((situation) => {
    const here = counted.filter((one) => one.situation === situation);
    return choiceFindings(answers[situation], here, task.decides[situation] as Quantity);
  });
  const [first, ...more] = [...wrong.slice(0, 1), ...askLeftFindings(asked, {})];
  if (first) return { state: 'failed', findings: [first, ...more] };
  const reasons = situations.map((situation) => {
    const quantity = task.decides[situation] as Quantity;
    const [best, second] = ranked(
      counted.filter((one) => one.situation === situation),
      quantity,
    );
    const { technique } = best;
    return [situation, `${technique} ${quantity} ${best[quantity]} ${second.technique} ${second[quantity]}`] as const;
  });
  return {
    state: 'passed',
    proved: { answered: task.kind, cases: situations.length, numbers: Object.fromEntries(reasons) },
  };
}

/** A learner's check has a bench of its own and counts anew; `verify` tries many answers with one, and the machine stays. */
const counts = new WeakMap<Bench, Promise<readonly Counted[]>>();

function countOnce(bench: Bench): Promise<readonly Counted[]> {
  const known = counts.get(bench) ?? countCandidates(Object.keys(candidates), bench);
  counts.set(bench, known);
  return known;
}

/** What is wrong with the choice for one situation. @param counted its techniques */
export function choiceFindings(value: Json | undefined, counted: readonly Counted[], decides: Quantity): Finding[] {
  const { situation = '' } = counted[0] ?? {};
  const about = { task: 'choice', situation };
  const { technique, because } = (value ?? {}) as { readonly technique?: Json; readonly because?: Json };
  const chosen = counted.find((one) => one.technique === technique);
  const quantity = quantities.find((one) => one === because);
  if (!chosen || !quantity) {
    const known = { techniques: counted.map((one) => one.technique).join(', '), quantities: quantities.join(', ') };
    return [{ code: 'choice-unknown', args: { ...about, ...known, answered: JSON.stringify(value ?? null) } }];
  }
  const [best, second] = ranked(counted, quantity);
  const other = best === chosen ? second : best;
  const args = {
    ...about,
    technique: chosen.technique,
    quantity,
    counted: chosen[quantity],
    other: other.technique,
    otherCounted: other[quantity],
  };
  if (best !== chosen || !isClear(best[quantity], second[quantity], quantity))
    return [{ code: 'choice-not-best', args }];
  return quantity === decides ? [] : [{ code: 'choice-beside', args }];
}

/** The best first. */
function ranked(counted: readonly Counted[], quantity: Quantity): [Counted, Counted, ...Counted[]] {
  const sign = moreIsBetter.includes(quantity) ? -1 : 1;
  return counted.toSorted((a, b) => sign * (a[quantity] - b[quantity])) as [Counted, Counted, ...Counted[]];
}

function isClear(best: number, second: number, quantity: Quantity): boolean {
  const [less, more] = moreIsBetter.includes(quantity) ? [second, best] : [best, second];
  return more > 0 && more >= FACTOR * less;
}
