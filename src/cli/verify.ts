/**
 * `npm run verify [-- EXERCISE …]`: the course checks itself, all of it or the exercises that are named. Exit code 1 when
 * something is not as it should be; what cannot run here says why.
 */
import { join } from 'node:path';
import { readCourse, verifyExercise, verifyFiles, withBench } from '#learn/index.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { ExitCode, endWith, errorSentence } from './exit.ts';
import { named } from './learn/open.ts';
import { clone, exercisesFolder } from './places.ts';
import { stopSignal } from './signals.ts';

const pages = join(clone, 'content', 'exercises');

async function verify(names: readonly string[]): Promise<void> {
  const course = await readCourse(exercisesFolder);
  const chosen = names.length === 0 ? course : names.map((name) => named({ course }, name));
  let complaints = 0;
  await withBench(async (bench) => {
    for (const exercise of chosen) {
      const found = [...verifyFiles(exercise, pages)];
      let good = 'as it should be';
      try {
        found.push(...(await verifyExercise(exercise, bench)));
      } catch (error) {
        if (!(error instanceof CannotRunHere)) throw error;
        good = errorSentence(error);
      }
      process.stdout.write(found.length === 0 ? `${exercise.id}: ${good}\n` : `${found.join('\n')}\n`);
      complaints += found.length;
    }
  }, stopSignal());
  if (complaints > 0) process.exitCode = ExitCode.broke;
}

await verify(process.argv.slice(2)).catch(endWith);
