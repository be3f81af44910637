/** Judges what a learner says of readahead: the prediction, against reads made here, and the proof, against the page cache. */
import { pageSize } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { makeSourceFile } from '#measure/source-file.ts';
import type { Finding, Judgement } from '#model/finding.ts';
import { type Bench, ownFolder } from '../bench.ts';
import type { Scope } from '../scope.ts';
import { type Answers, ask } from './ask.ts';
import { type About, askEndingFinding, askLeftFindings } from './asked-findings.ts';
import type { Answer, Json } from './paper.ts';
import { FILE_PAGES, type ReadPattern, randomPatterns, residentAfter } from './read-pattern.ts';

/** The learner exports two functions: one predicts whether reads bring in more than they ask for, one counts it. */
export interface ReadaheadTask {
  readonly kind: 'readahead';
  /** Called with the numbers of the pages and the advice; returns 'exact' or 'more'. */
  readonly predict: string;
  /** Called with the path before that; returns how many pages of the file are in memory after reads from an empty cache. */
  readonly prove: string;
  /** Patterns that the starter shows. The first must be read ahead, the second not. */
  readonly examples: readonly [ReadPattern, ReadPattern, ...ReadPattern[]];
}

/** A pattern, how many pages it asks for, and how many are in memory afterwards when it is read here. */
export interface ReadTrial extends ReadPattern {
  readonly asked: number;
  readonly resident: number;
}

/** A page of many may be taken away between two counts: some machines reclaim a few at any moment. */
const MAY_DIFFER = 0.05;

export async function judgeReadahead(
  module: string,
  task: ReadaheadTask,
  bench: Bench,
  scope: Scope,
): Promise<Judgement> {
  using folder = ownFolder(bench);
  const { path } = makeSourceFile(folder.path, FILE_PAGES * pageSize(), 1);
  const patterns = [...task.examples, ...(scope === 'all' ? randomPatterns() : [])];
  bench.onTrial?.({ state: 'counting' });
  const trials = patterns.map((pattern): ReadTrial => {
    return { ...pattern, asked: new Set(pattern.pages).size, resident: residentAfter(path, pattern) };
  });
  checkControls(trials);
  const about = trials.map(aboutTrial);
  const predicted = await ask(
    { module, stage: 'plain', questions: questionsOf(task.predict, trials), paths: [] },
    bench,
  );
  const proved = await ask(
    { module, stage: 'warm', questions: questionsOf(task.prove, trials, path), paths: [path] },
    bench,
  );
  const wrong = [
    ...predictionsOf(predicted, trials),
    ...ended(predicted, about),
    ...proved.answers.flatMap((answer, at) => proofFindings(answer, trials[at] as ReadTrial)).slice(0, 1),
    ...ended(proved, about),
  ];
  const left = scope === 'all' ? askLeftFindings(proved, {}) : [];
  const [first, ...more] = [...wrong.slice(0, 1), ...left];
  if (first) return { state: 'failed', findings: [first, ...more] };
  const sum = (of: 'asked' | 'resident') => trials.reduce((all, one) => all + one[of], 0);
  const numbers = { asked: sum('asked'), resident: sum('resident') };
  return { state: 'passed', proved: { answered: task.kind, cases: trials.length, numbers } };
}

function questionsOf(name: string, trials: readonly ReadTrial[], ...before: readonly Json[]) {
  return trials.map(({ pages, advice }) => ({ name, args: [...before, pages, advice] }));
}

function ended(asked: Answers, about: readonly About[]): Finding[] {
  const ending = askEndingFinding(asked, about);
  return ending ? [ending] : [];
}

function predictionsOf({ answers }: Answers, trials: readonly ReadTrial[]): Finding[] {
  return answers.flatMap(({ value }, at) => readaheadFindings(value, trials[at] as ReadTrial)).slice(0, 1);
}

/** What is wrong with one prediction. */
export function readaheadFindings(value: Json, trial: ReadTrial): Finding[] {
  const about = aboutTrial(trial);
  if (value !== 'more' && value !== 'exact')
    return [{ code: 'answer-shape', args: { ...about, answered: JSON.stringify(value) } }];
  const { asked, resident } = trial;
  const right = (resident > asked ? 'more' : 'exact') === value;
  return right ? [] : [{ code: 'readahead-differs', args: { ...about, asked, resident, predicted: value } }];
}

/** What is wrong with one count: against what is in memory now, and against what these reads leave there. */
export function proofFindings({ value, seen }: Pick<Answer, 'value' | 'seen'>, trial: ReadTrial): Finding[] {
  const about = aboutTrial(trial);
  if (!Number.isInteger(value)) return [{ code: 'answer-shape', args: { ...about, answered: JSON.stringify(value) } }];
  const { resident = 0 } = seen;
  const answered = value as number;
  if (Math.abs(answered - resident) > MAY_DIFFER * resident)
    return [{ code: 'residence-differs', args: { ...about, resident, answered } }];
  const ahead = trial.resident > trial.asked;
  const asHere = ahead ? resident > trial.asked && resident < FILE_PAGES / 2 : resident === trial.asked;
  return asHere ? [] : [{ code: 'reads-differ', args: { ...about, resident, here: trial.resident } }];
}

function aboutTrial({ pages, advice }: ReadPattern): About {
  const shown = `${pages.slice(0, 4).join(', ')}${pages.length > 4 ? ', …' : ''}`;
  return { task: 'readahead', reads: pages.length, pages: shown, advice };
}

/** @throws {CannotRunHere} where nothing is read ahead, or everything */
function checkControls([sequential, spread]: readonly ReadTrial[]): void {
  const ahead = (trial: ReadTrial | undefined) => trial !== undefined && trial.resident > trial.asked;
  if (!ahead(sequential) || ahead(spread)) throw new CannotRunHere('no-readahead');
}
