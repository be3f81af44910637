/** The exercises of a clone: one folder each, labs/exercises/<nn-name>/, in the order of their numbers. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Mutant, readMutant } from '#model/mutant.ts';
import type { ExerciseDescription } from './exercise.ts';

export interface Exercise extends ExerciseDescription {
  /** Folder's name: `03-send-file`. */
  readonly id: string;
  readonly folder: string;
  /** Paths of the starter and of the solution. */
  readonly starter: string;
  readonly solution: string;
}

/** A wrong answer that the course tries on itself. */
export interface WrongAnswer extends Mutant {
  readonly name: string;
  readonly path: string;
}

/** Reads every exercise below a folder. */
export async function readCourse(folder: string): Promise<readonly [Exercise, ...Exercise[]]> {
  const ids = readdirSync(folder)
    .filter((name) => /^\d\d-[a-z0-9-]+$/.test(name))
    .sort();
  const [first, ...more] = await Promise.all(ids.map((id) => readExercise(folder, id)));
  if (!first) throw new Error(`Expected exercises in '${folder}', found none`);
  return [first, ...more];
}

async function readExercise(course: string, id: string): Promise<Exercise> {
  const folder = join(course, id);
  const { exercise } = (await import(pathToFileURL(join(folder, 'check.ts')).href)) as {
    exercise: ExerciseDescription;
  };
  return { ...exercise, id, folder, starter: join(folder, 'starter.ts'), solution: join(folder, 'solution.ts') };
}

/** The exercise that a learner names: `03-send-file`, `send-file` or `3`. Null when there is none. */
export function findExercise(course: readonly Exercise[], name: string): Exercise | null {
  const plain = name.replace(/\.ts$/, '');
  return (
    course.find(({ id }) => id === plain || id.slice(3) === plain || String(Number(id.slice(0, 2))) === plain) ?? null
  );
}

/** The wrong answers of an exercise. */
export function wrongAnswers({ folder }: Exercise): WrongAnswer[] {
  const mutants = join(folder, 'mutants');
  return (existsSync(mutants) ? readdirSync(mutants).sort() : []).map((file) => {
    const path = join(mutants, file);
    return { name: file.replace(/\.ts$/, ''), path, ...readMutant(readFileSync(path, 'utf8')) };
  });
}
