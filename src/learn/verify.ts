/** The course checks itself: starters fail as they should, solutions pass, wrong answers fail for the right reason. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judgement } from '#model/finding.ts';
import type { Bench } from './bench.ts';
import { type Exercise, type WrongAnswer, wrongAnswers } from './course.ts';
import type { Task } from './exercise.ts';
import { judge } from './judge.ts';

/** Something that is not as it should be, one sentence. */
export type Complaint = string;

const LEAST_MUTANTS = 4;
/** Of them, those that a learner would take for right. */
const LEAST_RIGHT = 2;
const MOST_LINES = 60;
/** Kinds of task whose answer is a transfer to a socket. */
const transfers: readonly Task['kind'][] = ['send', 'serve', 'http', 'fetch'];
/** Findings about bytes that did not arrive as they should. */
const ofBytes: readonly string[] = [
  'bytes-missing',
  'bytes-extra',
  'bytes-differ',
  'header-differs',
  'starved',
  'hang',
];
const files = ['check.ts', 'mutants', 'solution.ts', 'starter.ts'];

/** What is wrong with the files of an exercise; nothing is run. @param pages folder of the exercises' pages */
export function verifyFiles(exercise: Exercise, pages: string): Complaint[] {
  const { id, folder, starter, solution } = exercise;
  const mutants = wrongAnswers(exercise);
  const page = join(pages, `${id.slice(3)}.mdx`);
  const stray = readdirSync(folder).filter((name) => !files.includes(name));
  const missing = files.filter((name) => !existsSync(join(folder, name)));
  const long = [starter, solution].filter((path) => readFileSync(path, 'utf8').split('\n').length > MOST_LINES);
  return [
    ...stray.map((name) => `${id}: '${name}' does not belong into an exercise`),
    ...missing.map((name) => `${id}: ${name} is missing`),
    ...long.map((path) => `${id}: '${path}' has more than ${MOST_LINES} lines`),
    ...(readFileSync(starter, 'utf8').includes('TODO') ? [] : [`${id}: the starter says nowhere what is TODO`]),
    ...(existsSync(page) ? [] : [`${id}: there is no page '${page}'`]),
    ...(mutants.length < LEAST_MUTANTS
      ? [`${id}: it has ${mutants.length} mutants, ${LEAST_MUTANTS} are the least`]
      : []),
    ...looksRight(exercise, mutants),
  ];
}

/** Whether enough wrong answers can be caught by nothing but what the exercise is about. */
function looksRight({ id, task }: Exercise, mutants: readonly WrongAnswer[]): Complaint[] {
  const sends = transfers.includes(task.kind);
  const right = mutants.filter((one) => (sends ? one.deliversEverything : one.rightOnExamples)).length;
  const what = sends ? 'deliver every byte' : 'are right on every example';
  return [
    ...(right < LEAST_RIGHT ? [`${id}: ${right} mutants ${what}, ${LEAST_RIGHT} are the least`] : []),
    ...mutants
      .filter(({ deliversEverything, code }) => deliversEverything && ofBytes.includes(code))
      .map(
        ({ name, code }) => `${id}: the mutant ${name} says that it delivers every byte, and must fail with ${code}`,
      ),
  ];
}

/** Runs starter, solution and every mutant through the check. */
export async function verifyExercise(exercise: Exercise, bench: Bench): Promise<Complaint[]> {
  const { id, task, starter, solution, starterFails } = exercise;
  const complaints: Complaint[] = [];
  complaints.push(...verdictOf(`${id}: the starter`, await judge(starter, task, bench), starterFails, {}));
  const solved = await judge(solution, task, bench);
  if (solved.state === 'failed') complaints.push(`${id}: the solution fails with ${JSON.stringify(solved.findings)}`);
  for (const mutant of wrongAnswers(exercise)) complaints.push(...(await verifyMutant(exercise, mutant, bench)));
  return complaints;
}

/** Runs one wrong answer. */
export async function verifyMutant({ id, task }: Exercise, mutant: WrongAnswer, bench: Bench): Promise<Complaint[]> {
  const what = `${id}: the mutant ${mutant.name}`;
  const seen = mutant.rightOnExamples ? await judge(mutant.path, task, bench, 'examples') : null;
  const judgement = await judge(mutant.path, task, bench);
  return [
    ...(seen?.state === 'failed'
      ? [`${what} should be right on every example, and fails with ${JSON.stringify(seen.findings)}`]
      : []),
    ...verdictOf(what, judgement, mutant.code, mutant.args),
  ];
}

/** A mutant that cannot even be loaded shows nothing about the check. */
const doNotCount: readonly string[] = ['cannot-load', 'no-export', 'signal'];

/** Whether a judgement is the failure that it should be. */
export function verdictOf(
  what: string,
  judgement: Judgement,
  code: string,
  args: Readonly<Record<string, string>>,
): Complaint[] {
  if (judgement.state === 'passed') return [`${what} passes, and should fail with ${code}`];
  const { findings } = judgement;
  if (findings.some((one) => doNotCount.includes(one.code)))
    return [`${what} does not count: it fails with ${findings[0].code}`];
  const right = findings.some(
    (one) => one.code === code && Object.entries(args).every(([name, value]) => String(one.args[name]) === value),
  );
  return right
    ? []
    : [`${what} should fail with ${code} ${JSON.stringify(args)}, and fails with ${JSON.stringify(findings)}`];
}
