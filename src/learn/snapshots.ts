/**
 * Every state of a learner's file that was checked, saved under watch or about to be overwritten. Nothing here is ever
 * changed or removed. One file each: `snapshots/<exercise>/<UTC>-<first 8 digits of its SHA-256>.ts`.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';

export interface Snapshot {
  /** Its file's name without the ending; they sort by time. */
  readonly name: string;
  readonly path: string;
}

export class Snapshots {
  readonly #folder: string;

  /** @param state folder of everything that is kept */
  constructor(state: string) {
    this.#folder = join(state, 'snapshots');
  }

  /** Keeps a text, unless the newest snapshot is the same. @throws when it cannot be kept */
  keep(exercise: string, text: string, now = new Date()): Snapshot {
    const newest = this.of(exercise).at(-1);
    if (newest && readFileSync(newest.path, 'utf8') === text) return newest;
    const time = now.toISOString().replace(/[-:.]/g, '');
    // Two of one millisecond: the second sorts behind the first.
    const clash = newest !== undefined && newest.name.slice(0, time.length) >= time;
    const name = `${clash ? after(newest.name) : time}-${sha256(text).slice(0, 8)}`;
    const path = join(this.#folder, exercise, `${name}.ts`);
    mkdirSync(join(this.#folder, exercise), { recursive: true });
    if (!existsSync(path)) writeAtomically(path, text);
    return { name, path };
  }

  /** All of an exercise, oldest first. */
  of(exercise: string): Snapshot[] {
    const folder = join(this.#folder, exercise);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((file) => /^\d+T\d+Z[\d.]*-[0-9a-f]{8}\.ts$/.test(file))
      .sort()
      .map((file) => ({ name: file.replace(/\.ts$/, ''), path: join(folder, file) }));
  }
}

/** A time that sorts behind that of a snapshot: `…Z.000001`, and so on. */
function after(name: string): string {
  const [, time = '', number = '0'] = /^([^.-]+)(?:\.(\d+))?/.exec(name) ?? [];
  return `${time}.${String(Number(number) + 1).padStart(6, '0')}`;
}

/** SHA-256 in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
