/** What every command of `./zc learn` begins with: the desk, and the exercise that was named. */
import { join } from 'node:path';
import { currentExercise, type Desk, type Exercise, findExercise, NoSuchExercise, openDesk } from '#learn/index.ts';
import { clone, exercisesFolder } from '../places.ts';
import { closest } from '../suggest.ts';

export interface Opened {
  readonly desk: Desk;
  readonly exercise: Exercise;
}

/** Opens the desk. ZC_PRACTICE is where the learner's files are; `practice` in the clone, which git ignores, without it. */
export async function open(): Promise<Desk> {
  const practice = process.env.ZC_PRACTICE || join(clone, 'practice');
  const desk = await openDesk({ course: exercisesFolder, practice });
  for (const remark of desk.remarks) process.stderr.write(`${remark}\n`);
  return desk;
}

/** Opens the desk at an exercise: the one that is named, else where the learner is. @throws {NoSuchExercise} */
export async function openAt(name: string | undefined): Promise<Opened> {
  const desk = await open();
  return { desk, exercise: name === undefined ? currentExercise(desk) : named(desk, name) };
}

/** The exercise of that name or number. @throws {NoSuchExercise} */
export function named({ course }: Pick<Desk, 'course'>, name: string): Exercise {
  const exercise = findExercise(course, name);
  if (exercise) return exercise;
  const names = course.map(({ id }) => id.slice(3));
  throw new NoSuchExercise(name, names, closest(name, names));
}

/** How an exercise is named on the command line. */
export function shortName({ id }: Exercise): string {
  return id.slice(3);
}
