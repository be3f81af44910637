import { existsSync, readFileSync } from 'node:fs';
import { lineDiff, wrongAnswers } from '#learn/index.ts';
import { ExitCode } from '../exit.ts';
import type { ReportOptions } from '../report/options.ts';
import { spell, wrap } from '../report/text.ts';
import { reportOptions } from '../report-options.ts';
import { type Opened, openAt, shortName } from './open.ts';
import { diffLines } from './text.ts';

/** `./zc learn solution [name]`: after a pass, or with --spoil. */
export async function solution(
  name: string | undefined,
  { json, spoil }: { json?: boolean; spoil?: boolean },
): Promise<void> {
  const opened = await openAt(name);
  const { desk, exercise } = opened;
  if (desk.progress.done(exercise.id) === null && !spoil) {
    process.stderr.write(
      `You have not passed this exercise yet, and the solution takes it away from you. To see it all the same: ./zc learn solution ${shortName(exercise)} --spoil\n`,
    );
    process.exitCode = ExitCode.broke;
    return;
  }
  if (!json) process.stdout.write(`${solutionLines(opened, reportOptions(false)).join('\n')}\n`);
  else {
    const wrong = wrongAnswers(exercise).map(({ name, wrong }) => ({ name, wrong }));
    const text = readFileSync(exercise.solution, 'utf8');
    process.stdout.write(
      `${JSON.stringify({ schemaVersion: 1, exercise: exercise.id, solution: text, wrong }, null, 1)}\n`,
    );
  }
}

/** The solution against the learner's file, and why other roads fail. */
export function solutionLines({ desk, exercise }: Opened, options: ReportOptions): string[] {
  const file = desk.practice.fileOf(exercise);
  const text = readFileSync(exercise.solution, 'utf8');
  const own = existsSync(file) ? readFileSync(file, 'utf8') : readFileSync(exercise.starter, 'utf8');
  return [
    `The solution of "${exercise.title}" (+) against your file (-):`,
    '',
    ...diffLines(lineDiff(own, text), options),
    '',
    'Why other roads fail. Each of these is a program that the check was tried on:',
    ...wrongAnswers(exercise).flatMap(({ wrong }) => wrap(spell(`- It ${wrong}`, options), options.width, '  ')),
  ];
}
