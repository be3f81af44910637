/**
 * What a learner has done: a small text file, `progress.txt`, one fact a line, written whole or not at all.
 *
 *     zero-copy-measured progress 1
 *     current 03-send-file
 *     copied 03-send-file <SHA-256 of the starter that was copied>
 *     done 02-copying-loop 2026-08-29T12:00:00.000Z {"cases":9,"bytes":60685815,"by":"trace","ways":[…]}
 *     found 03-send-file [{"code":"bytes-missing","args":{…}}]
 *     hints 03-send-file 2
 *
 * `current` is where the learner is, `done` when each exercise was passed first and what was proved then, `found` what the
 * last check found, `hints` how many were shown since. Lines of an unknown kind are kept as they are. A higher version is
 * refused; a file that cannot be read is put aside under another name, and a new one begins.
 */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Proved } from '#model/finding.ts';
import { writeAtomically } from './atomic-file.ts';

const VERSION = 1;
const HEAD = 'zero-copy-measured progress';

/** A progress file of a newer copy: exit code 2. */
export class NewerProgress extends Error {
  override name = 'NewerProgress';
}

export interface Done {
  /** UTC. */
  readonly at: string;
  readonly proved: Proved;
}

type Kind = 'copied' | 'done' | 'found' | 'hints';

export class Progress {
  readonly #path: string;
  readonly #facts = new Map<string, string>();
  /** Where an unreadable file was put; null when there was none. */
  readonly putAside: string | null;

  /** @throws {NewerProgress} */
  constructor(state: string) {
    this.#path = join(state, 'progress.txt');
    this.putAside = existsSync(this.#path) ? this.#read(readFileSync(this.#path, 'utf8')) : null;
  }

  get current(): string | null {
    return this.#facts.get('current ') ?? null;
  }

  done(exercise: string): Done | null {
    const fact = this.#fact('done', exercise);
    const gap = fact?.indexOf(' ') ?? -1;
    return fact ? { at: fact.slice(0, gap), proved: JSON.parse(fact.slice(gap + 1)) as Proved } : null;
  }

  /** What the last check found; empty after a pass and before the first check. */
  found(exercise: string): readonly Finding[] {
    return JSON.parse(this.#fact('found', exercise) ?? '[]') as Finding[];
  }

  hints(exercise: string): number {
    return Number(this.#fact('hints', exercise) ?? 0);
  }

  /** Digest of the starter that the learner's copy was made from. */
  copied(exercise: string): string | null {
    return this.#fact('copied', exercise) ?? null;
  }

  setCurrent(exercise: string): void {
    this.#facts.set('current ', exercise);
    this.#write();
  }

  setCopied(exercise: string, digest: string): void {
    this.#set('copied', exercise, digest);
  }

  setHints(exercise: string, shown: number): void {
    this.#set('hints', exercise, String(shown));
  }

  setFound(exercise: string, findings: readonly Finding[]): void {
    this.#set('found', exercise, JSON.stringify(findings));
  }

  /** The first pass counts; later ones change nothing of it. */
  setDone(exercise: string, proved: Proved, now = new Date()): void {
    if (this.done(exercise) === null)
      this.#facts.set(`done ${exercise}`, `${now.toISOString()} ${JSON.stringify(proved)}`);
    this.#set('found', exercise, '[]');
  }

  #fact(kind: Kind, exercise: string): string | undefined {
    return this.#facts.get(`${kind} ${exercise}`);
  }

  #set(kind: Kind, exercise: string, value: string): void {
    this.#facts.set(`${kind} ${exercise}`, value);
    this.#write();
  }

  #read(text: string): string | null {
    const [head = '', ...lines] = text.split('\n');
    const version = Number(new RegExp(`^${HEAD} (\\d+)$`).exec(head)?.[1]);
    if (version > VERSION)
      throw new NewerProgress(
        `Cannot read '${this.#path}': it has version ${version}, this copy knows ${VERSION}. Update this copy, or set XDG_STATE_HOME to another folder`,
      );
    try {
      if (version !== VERSION) throw new SyntaxError('no head');
      for (const line of lines.filter(Boolean)) this.#take(line);
      return null;
    } catch {
      this.#facts.clear();
      const aside = `${this.#path}.unreadable-${Date.now()}`;
      renameSync(this.#path, aside);
      return aside;
    }
  }

  #take(line: string): void {
    const [, kind = '', exercise = '', value = ''] =
      /^(current)()\s(.+)$/.exec(line) ?? /^(\w+) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === '') throw new SyntaxError(`Expected a fact, found '${line}'`);
    if (kind === 'found') JSON.parse(value);
    if (kind === 'done') JSON.parse(value.slice(value.indexOf(' ') + 1));
    this.#facts.set(`${kind} ${exercise}`, value);
  }

  #write(): void {
    const lines = [...this.#facts].map(([key, value]) => `${key.trim()} ${value}`).sort();
    writeAtomically(this.#path, `${[`${HEAD} ${VERSION}`, ...lines].join('\n')}\n`);
  }
}
