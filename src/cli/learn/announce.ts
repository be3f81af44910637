/** Says what happened to the learner's copy: made, brought back, or made from another starter than there is now. */
import type { Opened } from './open.ts';
import { shortName } from './open.ts';

/** Makes the copy where there is none. @returns what was done, in a sentence; null when it was there */
export function makeCopy({ desk: { practice }, exercise }: Opened): string | null {
  const made = practice.ensure(exercise);
  const file = practice.fileOf(exercise);
  if (made === 'copied') return `Made your copy of the starter: ${file}`;
  return made === 'restored' ? `Your file was gone. The newest snapshot of it is back: ${file}` : null;
}

/** Makes the copy where there is none, and says on stderr what there is to say. */
export function announce(opened: Opened): void {
  const { desk, exercise } = opened;
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const made = makeCopy(opened);
  if (made) say(made);
  if (!desk.practice.starterChanged(exercise)) return;
  const name = shortName(exercise);
  say(`The starter of ${name} has changed since you copied it. Your file stays as it is until you choose:
  ./zc learn reset ${name} --keep-mine   go on with your file
  ./zc learn reset ${name} --beside      put the new starter beside it, as ${exercise.id}.new.ts
  ./zc learn reset ${name}               begin again from the new starter (your file is kept, restore brings it back)`);
}

/** What to do about a starter that has changed, by the keys of the watch mode; nothing when it has not. */
export function choiceLines({ desk, exercise }: Opened): string[] {
  if (!desk.practice.starterChanged(exercise)) return [];
  return [
    '',
    `The starter of ${shortName(exercise)} has changed since you copied it. Your file stays as it is until you choose:`,
    '  k   go on with your file',
    `  b   put the new starter beside it, as ${exercise.id}.new.ts`,
    '  x   begin again from the new starter; your file is kept',
  ];
}
