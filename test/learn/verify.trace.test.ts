/** The course checks itself, as `npm run verify` does: every starter, every solution, every wrong answer. */
import { expect, test } from 'vitest';
import { errorSentence } from '#cli/exit.ts';
import { withBench } from '#learn/bench.ts';
import { readCourse } from '#learn/course.ts';
import { verifyExercise } from '#learn/verify.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';

const course = await readCourse('labs/exercises');

test.for(course.map((exercise) => [exercise.id, exercise] as const))(
  '%s: the starter fails as it should, the solution passes, each mutant fails for the right reason',
  { timeout: 300_000 },
  async ([, exercise], { skip }) => {
    try {
      expect(await withBench((bench) => verifyExercise(exercise, bench))).toEqual([]);
    } catch (error) {
      // A kernel without cachestat, a work folder in memory: an answer, and the exercise says it to the learner too.
      if (error instanceof CannotRunHere) skip(errorSentence(error));
      throw error;
    }
  },
);
