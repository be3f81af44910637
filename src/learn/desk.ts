/** A learner's desk: the course, what was done of it, the own files and what is kept of them. */
import type { Judgement } from '#model/finding.ts';
import { type Bench, withBench } from './bench.ts';
import { CannotKeep } from './cannot-keep.ts';
import { type Exercise, findExercise, readCourse } from './course.ts';
import { judge } from './judge.ts';
import { Practice } from './practice.ts';
import { Progress } from './progress.ts';
import { Snapshots } from './snapshots.ts';
import { stateFolder } from './state-folder.ts';

export interface Desk {
  readonly course: readonly [Exercise, ...Exercise[]];
  readonly progress: Progress;
  readonly practice: Practice;
  readonly snapshots: Snapshots;
  /** What the learner should know about where things are kept; empty when all is as it should be. */
  readonly remarks: readonly string[];
}

/** A name that is no exercise: exit code 2. */
export class NoSuchExercise extends Error {
  override name = 'NoSuchExercise';

  constructor(name: string, known: readonly string[], closest: string | null) {
    super(
      `Cannot find exercise '${name}'${closest ? `: did you mean '${closest}'?` : `. There are ${known.join(', ')}`}`,
    );
  }
}

/**
 * Opens the desk.
 * @param folders where the exercises lie, and where the learner's files do
 * @throws {NoStateFolder | NewerProgress}
 */
export async function openDesk(folders: { readonly course: string; readonly practice: string }): Promise<Desk> {
  const course = await readCourse(folders.course);
  const state = stateFolder(folders.practice);
  const progress = new Progress(state.path);
  const snapshots = new Snapshots(state.path);
  const remarks = [
    ...(state.instead ? [`Progress and snapshots are kept in '${state.path}': ${state.instead}.`] : []),
    ...(progress.putAside
      ? [
          `The progress file could not be read and was put aside as '${progress.putAside}'. What it said was taken from its copy; your files and all snapshots are still there.`,
        ]
      : []),
  ];
  return { course, progress, snapshots, remarks, practice: new Practice(folders.practice, progress, snapshots) };
}

/** Where the learner is: what was worked on last, or the first that is not done, or the last one. */
export function currentExercise({ course, progress }: Desk): Exercise {
  const current = progress.current === null ? null : findExercise(course, progress.current);
  return current ?? course.find(({ id }) => progress.done(id) === null) ?? (course.at(-1) as Exercise);
}

/** What comes after an exercise and is not done; null at the end. */
export function nextExercise({ course, progress }: Desk, after: Exercise): Exercise | null {
  const at = course.findIndex(({ id }) => id === after.id);
  const open = (one: Exercise) => one.id !== after.id && progress.done(one.id) === null;
  return course.slice(at + 1).find(open) ?? course.find(open) ?? null;
}

/** Keeps the learner's file, judges it and remembers how that went. @param onTrial told of what is about to be tried */
export async function checkExercise(
  desk: Desk,
  exercise: Exercise,
  signal?: AbortSignal,
  onTrial?: Bench['onTrial'],
): Promise<Judgement> {
  const { practice, progress } = desk;
  practice.ensure(exercise);
  const kept = practice.snapshot(exercise);
  if (!kept) throw new Error(`Cannot check '${practice.fileOf(exercise)}': it went away meanwhile`);
  progress.setCurrent(exercise.id);
  // What was kept is what is judged, whatever is saved meanwhile.
  const judgement = await withBench((bench) => judge(kept.path, exercise.task, bench), signal, onTrial);
  try {
    if (judgement.state === 'passed') progress.setDone(exercise.id, judgement.proved);
    else progress.setFound(exercise.id, judgement.findings);
  } catch (error) {
    if (!(error instanceof CannotKeep)) throw error;
    error.message = `Your file ${judgement.state}, and that could not be written down. ${error.message}`;
    throw error;
  }
  return judgement;
}
