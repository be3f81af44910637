/** Bare `./zc learn`: shows where the learner is and checks the file whenever it is saved. */
import { currentExercise } from '#learn/index.ts';
import { reportOptions } from '../report-options.ts';
import { status } from './list.ts';
import { open } from './open.ts';
import { statusLines } from './text.ts';
import { WatchSession } from './watch-session.ts';

export interface WatchOptions {
  readonly editCmd?: string;
  readonly json?: boolean;
}

/** Watches until `q`; without a terminal it says where the learner is and what to type. */
export async function watch({ editCmd, json }: WatchOptions): Promise<void> {
  if (json) {
    await status({ json });
    return;
  }
  const desk = await open();
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    process.stdout.write(`${statusLines(desk, reportOptions(false)).join('\n')}\n`);
    return;
  }
  const editor = editCmd || process.env.VISUAL || process.env.EDITOR || null;
  await new WatchSession({ desk, exercise: currentExercise(desk) }, editor).run();
}
