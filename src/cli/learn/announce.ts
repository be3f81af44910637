/** Says what happened to the learner's copy: made, brought back, or made from another starter than there is now. */
import type { Opened } from './open.ts';
import { shortName } from './open.ts';

/** Makes the copy where there is none, and says so on stderr. */
export function announce({ desk: { practice }, exercise }: Opened): void {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const made = practice.ensure(exercise);
  const file = practice.fileOf(exercise);
  if (made === 'copied') say(`Made your copy of the starter: ${file}`);
  if (made === 'restored') say(`Your file was gone. The newest snapshot of it is back: ${file}`);
  if (!practice.starterChanged(exercise)) return;
  const name = shortName(exercise);
  say(`The starter of ${name} has changed since you copied it. Your file stays as it is until you choose:
  ./zc learn reset ${name} --keep-mine   go on with your file
  ./zc learn reset ${name} --beside      put the new starter beside it, as ${exercise.id}.new.ts
  ./zc learn reset ${name}               begin again from the new starter (your file is kept, restore brings it back)`);
}
