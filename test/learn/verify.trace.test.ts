/** The course checks itself, as `npm run verify` does: every starter, every solution, every wrong answer. */
import { expect, test } from 'vitest';
import { withBench } from '#learn/bench.ts';
import { readCourse } from '#learn/course.ts';
import { verifyExercise } from '#learn/verify.ts';

const course = await readCourse('labs/exercises');

test.each(course.map((exercise) => [exercise.id, exercise] as const))(
  '%s: the starter fails as it should, the solution passes, each mutant fails for the right reason',
  async (_, exercise) => {
    expect(await withBench((bench) => verifyExercise(exercise, bench))).toEqual([]);
  },
  300_000,
);
