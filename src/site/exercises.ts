import { type ExerciseEntry, exerciseCatalogueSchema } from '#model/exercise-catalogue.ts';
import catalogue from '../../labs/exercises/catalogue.json';

/** Every exercise, in order. */
export const exercises: readonly ExerciseEntry[] = exerciseCatalogueSchema.parse(catalogue).exercises;

/** @throws {RangeError} when there is none: a page must not silently lose its exercise */
export function exerciseOf(id: string): ExerciseEntry {
  const exercise = exercises.find((one) => one.id === id);
  if (!exercise) throw new RangeError(`Cannot find exercise '${id}' in labs/exercises/catalogue.json`);
  return exercise;
}
