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
 * refused.
 *
 * `progress-copy.txt` says the same. When the file cannot be read it is put aside under another name, and what it said
 * comes from the copy; where that cannot be read either, from those lines of both that still can. Two sessions at once
 * lose nothing of each other: each change is made to what the file says then, under a lock.
 */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { flock, LOCK_EX, O_CREAT, O_RDWR, open } from '#libc';
import type { Finding, Proved } from '#model/finding.ts';
import { writeAtomically } from './atomic-file.ts';
import { CannotKeep } from './cannot-keep.ts';
import { type Facts, readableFacts, readFacts, textOf } from './facts.ts';

export interface Done {
  /** UTC. */
  readonly at: string;
  readonly proved: Proved;
}

type Kind = 'copied' | 'done' | 'found' | 'hints';

export class Progress {
  readonly #state: string;
  readonly #path: string;
  readonly #copy: string;
  #facts: Facts = new Map();
  /** Where an unreadable file was put; null when there was none. */
  putAside: string | null = null;

  /** @throws {NewerProgress} */
  constructor(state: string) {
    this.#state = state;
    this.#path = join(state, 'progress.txt');
    this.#copy = join(state, 'progress-copy.txt');
    this.#facts = this.#read();
    if (this.putAside === null) return;
    try {
      this.#change(() => {});
    } catch (error) {
      // What was read stays in memory; the next change tells that it cannot be kept.
      if (!(error instanceof CannotKeep)) throw error;
    }
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
    this.#change((facts) => facts.set('current ', exercise));
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
    this.#change((facts) => {
      if (!facts.has(`done ${exercise}`))
        facts.set(`done ${exercise}`, `${now.toISOString()} ${JSON.stringify(proved)}`);
      facts.set(`found ${exercise}`, '[]');
    });
  }

  #fact(kind: Kind, exercise: string): string | undefined {
    return this.#facts.get(`${kind} ${exercise}`);
  }

  #set(kind: Kind, exercise: string, value: string): void {
    this.#change((facts) => facts.set(`${kind} ${exercise}`, value));
  }

  /** Makes a change to what the file says now, which another session may have written. @throws {CannotKeep} */
  #change(change: (facts: Facts) => void): void {
    try {
      mkdirSync(this.#state, { recursive: true });
      using lock = open(join(this.#state, '.lock'), O_RDWR | O_CREAT);
      flock(lock.fd, LOCK_EX);
      const facts = new Map([...this.#facts, ...this.#read()]);
      change(facts);
      // The copy first: it is never older than the file.
      for (const path of [this.#copy, this.#path]) writeAtomically(path, textOf(facts));
      this.#facts = facts;
    } catch (error) {
      throw new CannotKeep('your progress', error as NodeJS.ErrnoException);
    }
  }

  #read(): Facts {
    const text = textIn(this.#path);
    const facts = text === null ? null : readFacts(text, this.#path);
    if (facts) return facts;
    if (text !== null) {
      this.putAside = `${this.#path}.unreadable-${Date.now()}`;
      renameSync(this.#path, this.putAside);
    }
    const copy = textIn(this.#copy) ?? '';
    return readFacts(copy, this.#copy) ?? new Map([...readableFacts(copy), ...readableFacts(text ?? '')]);
  }
}

function textIn(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
