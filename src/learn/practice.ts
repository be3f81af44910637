/** The learner's own files: copies of the starters in a folder that git ignores. A starter is never edited in place. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';
import { CannotKeep } from './cannot-keep.ts';
import type { Exercise } from './course.ts';
import type { Progress } from './progress.ts';
import { type Snapshot, type Snapshots, sha256 } from './snapshots.ts';

/** The learner's folder cannot be written: exit code 3. */
export class NoPracticeFolder extends Error {
  override name = 'NoPracticeFolder';

  constructor(folder: string, cause: NodeJS.ErrnoException) {
    super(
      `Cannot write '${folder}' (${cause.code ?? cause.message}): set ZC_PRACTICE to a folder that can be written`,
      {
        cause,
      },
    );
  }
}

/** What an editor needs to know the calls of #libc, where the folder lies in the clone. */
const editorSettings = '{ "extends": "../tsconfig.json", "include": ["*.ts"], "exclude": [] }\n';

export class Practice {
  readonly folder: string;
  readonly #progress: Progress;
  readonly #snapshots: Snapshots;

  constructor(folder: string, progress: Progress, snapshots: Snapshots) {
    this.folder = folder;
    this.#progress = progress;
    this.#snapshots = snapshots;
  }

  fileOf({ id }: Exercise): string {
    return join(this.folder, `${id}.ts`);
  }

  /**
   * Makes the copy where there is none: from the newest snapshot, because a file that is gone was not given up, else
   * from the starter.
   * @returns what was done
   * @throws {NoPracticeFolder}
   */
  ensure(exercise: Exercise): 'there' | 'copied' | 'restored' {
    const path = this.fileOf(exercise);
    if (existsSync(path)) return 'there';
    try {
      this.#makeFolder();
      const newest = this.#snapshots.of(exercise.id).at(-1);
      if (newest) writeAtomically(path, readFileSync(newest.path, 'utf8'));
      else this.#copy(exercise, path);
      return newest ? 'restored' : 'copied';
    } catch (error) {
      throw new NoPracticeFolder(this.folder, error as NodeJS.ErrnoException);
    }
  }

  /** Keeps the file as it is now. Before every check and before every change. */
  snapshot(exercise: Exercise): Snapshot | null {
    const path = this.fileOf(exercise);
    if (!existsSync(path)) return null;
    const text = readFileSync(path, 'utf8');
    try {
      return this.#snapshots.keep(exercise.id, text);
    } catch (error) {
      throw new CannotKeep(`'${path}' before it is used`, error as NodeJS.ErrnoException);
    }
  }

  /** Begins again from the starter as it is now. The file as it was is kept. */
  reset(exercise: Exercise): Snapshot | null {
    const kept = this.snapshot(exercise);
    this.#copy(exercise, this.fileOf(exercise));
    return kept;
  }

  /** Whether the starter has changed since it was copied. */
  starterChanged(exercise: Exercise): boolean {
    const copied = this.#progress.copied(exercise.id);
    return copied !== null && copied !== sha256(readFileSync(exercise.starter, 'utf8'));
  }

  /** The learner stays with the own file, although the starter is another now. */
  keepMine(exercise: Exercise): void {
    this.#progress.setCopied(exercise.id, sha256(readFileSync(exercise.starter, 'utf8')));
  }

  /** Puts the new starter beside the learner's file. @returns its path */
  putBeside(exercise: Exercise): string {
    const path = join(this.folder, `${exercise.id}.new.ts`);
    writeAtomically(path, readFileSync(exercise.starter, 'utf8'));
    this.keepMine(exercise);
    return path;
  }

  /**
   * Brings a snapshot back; the file as it is now is kept first.
   * @param name of a snapshot, or the beginning of one; without it the newest that differs from the file
   * @returns null when there is none
   */
  restore(exercise: Exercise, name?: string): Snapshot | null {
    const path = this.fileOf(exercise);
    const before = this.#snapshots.of(exercise.id);
    const now = existsSync(path) ? readFileSync(path, 'utf8') : null;
    this.snapshot(exercise);
    const wanted = before.findLast((one) =>
      name === undefined ? readFileSync(one.path, 'utf8') !== now : one.name.startsWith(name),
    );
    if (!wanted) return null;
    this.#makeFolder();
    writeAtomically(path, readFileSync(wanted.path, 'utf8'));
    return wanted;
  }

  #makeFolder(): void {
    mkdirSync(this.folder, { recursive: true });
    const settings = join(this.folder, 'tsconfig.json');
    const inClone = existsSync(join(this.folder, '..', 'tsconfig.json'));
    if (inClone && !existsSync(settings)) writeAtomically(settings, editorSettings);
  }

  #copy(exercise: Exercise, path: string): void {
    const text = readFileSync(exercise.starter, 'utf8');
    writeAtomically(path, text);
    this.#progress.setCopied(exercise.id, sha256(text));
  }
}
