import { release } from 'node:os';
import { commit } from '#machine/commit.ts';
import { reportOptions } from '../report-options.ts';
import { open, shortName } from './open.ts';
import { listLines, statusLines } from './text.ts';

/** `./zc learn list`: every exercise, and which are done. */
export async function list({ json }: { json?: boolean }): Promise<void> {
  const desk = await open();
  const exercises = desk.course.map((exercise) => ({
    id: exercise.id,
    title: exercise.title,
    article: exercise.article,
    file: desk.practice.fileOf(exercise),
    done: desk.progress.done(exercise.id) !== null,
  }));
  if (json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, exercises }, null, 1)}\n`);
  else {
    const first = desk.course.find(({ id }) => desk.progress.done(id) === null);
    const go = first ? `\n\nCheck one: ./zc learn check ${shortName(first)}` : '';
    process.stdout.write(`${listLines(desk, reportOptions(false)).join('\n')}${go}\n`);
  }
}

/** `./zc learn status`: what was proved, when and in numbers; with --json what a student hands in. */
export async function status({ json }: { json?: boolean }): Promise<void> {
  const desk = await open();
  if (!json) {
    process.stdout.write(`${statusLines(desk, reportOptions(false)).join('\n')}\n`);
    return;
  }
  const exercises = desk.course.map(({ id, title }) => {
    const done = desk.progress.done(id);
    return { id, title, done: done !== null, doneAt: done?.at ?? null, proved: done?.proved ?? null };
  });
  const machine = { kernel: release(), node: process.version, commit: commit() };
  process.stdout.write(`${JSON.stringify({ schemaVersion: 1, machine, exercises }, null, 1)}\n`);
}
