/** `./zc learn reset` and `restore`: nothing of the learner's is lost by either. */
import { UsageError } from '../exit.ts';
import { named, open, openAt, shortName } from './open.ts';

export interface ResetOptions {
  readonly json?: boolean;
  readonly keepMine?: boolean;
  readonly beside?: boolean;
}

/** Begins an exercise again, or settles what to do about a starter that has changed. */
export async function reset(name: string, { json, keepMine, beside }: ResetOptions): Promise<void> {
  if (keepMine && beside) throw new UsageError('Expected --keep-mine or --beside, found both: give one of them');
  const desk = await open();
  const exercise = named(desk, name);
  const { practice } = desk;
  const file = practice.fileOf(exercise);
  if (keepMine) {
    practice.keepMine(exercise);
    say(json, { exercise: exercise.id, file }, `You go on with ${file}.`);
  } else if (beside) {
    const path = practice.putBeside(exercise);
    say(json, { exercise: exercise.id, file, starter: path }, `The new starter is in ${path}; your file is as it was.`);
  } else {
    const kept = practice.reset(exercise);
    const back = kept ? ` What you had is kept; ./zc learn restore ${shortName(exercise)} brings it back.` : '';
    say(json, { exercise: exercise.id, file, snapshot: kept?.name ?? null }, `${file} is the starter again.${back}`);
  }
}

/** Brings a snapshot back, or lists them. */
export async function restore(
  name: string,
  snapshot: string | undefined,
  { json, list }: { json?: boolean; list?: boolean },
): Promise<void> {
  const { desk, exercise } = await openAt(name);
  const all = desk.snapshots.of(exercise.id);
  if (list) {
    const lines = all.map((one) => `${one.name}   ${one.path}`);
    say(json, { exercise: exercise.id, snapshots: all }, lines.join('\n') || 'There are no snapshots yet.');
    return;
  }
  const restored = desk.practice.restore(exercise, snapshot);
  if (!restored)
    throw new UsageError(
      snapshot === undefined
        ? `Cannot restore '${name}': there is no snapshot that differs from your file`
        : `Cannot find a snapshot '${snapshot}'. There are ${all.length}: ./zc learn restore ${shortName(exercise)} --list`,
    );
  const file = desk.practice.fileOf(exercise);
  say(json, { exercise: exercise.id, file, snapshot: restored.name }, `${file} is snapshot ${restored.name} again.`);
}

function say(json: boolean | undefined, document: object, text: string): void {
  process.stdout.write(`${json ? JSON.stringify({ schemaVersion: 1, ...document }, null, 1) : text}\n`);
}
