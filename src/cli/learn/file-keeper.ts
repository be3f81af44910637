/** Keeps every state of the learner's files that the watch mode sees. */
import { readFileSync } from 'node:fs';
import type { Exercise, Practice } from '#learn/index.ts';

export class FileKeeper {
  readonly #practice: Practice;
  readonly #kept = new Map<string, string>();
  /** What could not be kept and was told of; it is tried again all the same. */
  readonly #refused = new Map<string, string>();

  constructor(practice: Practice) {
    this.#practice = practice;
  }

  /**
   * Keeps a file as it is now.
   * @returns whether it is another than what was kept last
   * @throws {CannotKeep} the first time that this state of it cannot be kept
   */
  keep(exercise: Exercise): boolean {
    const text = textOf(this.#practice.fileOf(exercise));
    // An editor empties a file before it writes it.
    if (!text || text === this.#kept.get(exercise.id)) return false;
    try {
      this.#practice.snapshot(exercise);
    } catch (error) {
      if (this.#refused.get(exercise.id) === text) return false;
      this.#refused.set(exercise.id, text);
      throw error;
    }
    this.#kept.set(exercise.id, text);
    return true;
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
