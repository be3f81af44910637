/**
 * `npm run verify [-- EXERCISE …]`: the course checks itself, all of it or the exercises that are named. Exit code 1 when
 * something is not as it should be; what cannot run here says why.
 */
import { join } from 'node:path';
import { type Bench, type Exercise, readCourse, verifyExercise, verifyFiles, withBench } from '#learn/index.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { ExitCode, endWith, errorSentence } from './exit.ts';
import { named } from './learn/open.ts';
import { clone, exercisesFolder } from './places.ts';
import { stopSignal } from './signals.ts';

const pages = join(clone, 'content', 'exercises');

/** So many at a time, each on a bench of its own: a check often waits, and nothing in it is timed. */
const LANES = 2;

async function verify(names: readonly string[]): Promise<void> {
  const course = await readCourse(exercisesFolder);
  const chosen = names.length === 0 ? course : names.map((name) => named({ course }, name));
  const failed = new AbortController();
  const signal = AbortSignal.any([stopSignal(), failed.signal]);
  let complaints = 0;
  // Each lane takes what is next.
  const next = chosen.values();
  const lane = () =>
    withBench(async (bench) => {
      for (const exercise of next) complaints += await verifyOne(exercise, bench);
    }, signal).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    });
  await Promise.all(Array.from({ length: LANES }, lane));
  if (complaints > 0) process.exitCode = ExitCode.broke;
}

/** @returns how many complaints there were */
async function verifyOne(exercise: Exercise, bench: Bench): Promise<number> {
  const found = verifyFiles(exercise, pages);
  let good = 'as it should be';
  try {
    found.push(...(await verifyExercise(exercise, bench)));
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    good = errorSentence(error);
  }
  process.stdout.write(found.length === 0 ? `${exercise.id}: ${good}\n` : `${found.join('\n')}\n`);
  return found.length;
}

await verify(process.argv.slice(2)).catch(endWith);
