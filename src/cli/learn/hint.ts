import { reportOptions } from '../report-options.ts';
import { openAt } from './open.ts';
import { hintLines, hintsOf } from './text.ts';

/** `./zc learn hint [name]`: one hint more than last time. */
export async function hint(name: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const { desk, exercise } = await openAt(name);
  const found = desk.progress.found(exercise.id);
  const hints = hintsOf(exercise, found);
  const shown = Math.min(hints.length, desk.progress.hints(exercise.id) + 1);
  desk.progress.setHints(exercise.id, shown);
  if (json) {
    const document = {
      schemaVersion: 1,
      exercise: exercise.id,
      hints: hints.slice(0, shown),
      more: hints.length - shown,
    };
    process.stdout.write(`${JSON.stringify(document, null, 1)}\n`);
  } else process.stdout.write(`${hintLines(exercise, found, shown, reportOptions(false)).join('\n')}\n`);
}
