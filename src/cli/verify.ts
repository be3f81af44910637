/** `npm run verify`: the course checks itself. Exit code 1 when something is not as it should be; what cannot run here says why. */
import { join } from 'node:path';
import { readCourse, verifyExercise, verifyFiles, withBench } from '#learn/index.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { ExitCode, endWith, errorSentence } from './exit.ts';
import { clone, exercisesFolder } from './places.ts';
import { stopSignal } from './signals.ts';

const pages = join(clone, 'content', 'exercises');

async function verify(): Promise<void> {
  let complaints = 0;
  await withBench(async (bench) => {
    for (const exercise of await readCourse(exercisesFolder)) {
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

await verify().catch(endWith);
