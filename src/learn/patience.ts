/** Decides when a program that is silent hangs, and does not only wait for its turn on a busy machine. */

/** At most so long it gets besides, ms. */
const MOST_OWED_MS = 20_000;
/** It is looked again after it was silent for too long: what it said while this process had to wait is heard by then. */
const AGAIN_MS = 20;

export class Patience {
  readonly #hangs: () => boolean;
  readonly #now: () => number;
  /** When it was silent for too long first; null when it is not. */
  #silentMs: number | null = null;

  /** @param hangs whether it is silent for too long, by the clock @param now the clock, ms */
  constructor(hangs: () => boolean, now = () => performance.now()) {
    this.#hangs = hangs;
    this.#now = now;
  }

  /** @param waitedMs how long it was ready to run and was not let, in all: so much time it is owed */
  isOver(waitedMs: number): boolean {
    if (!this.#hangs()) {
      this.#silentMs = null;
      return false;
    }
    this.#silentMs ??= this.#now();
    return this.#now() - this.#silentMs >= AGAIN_MS + Math.min(MOST_OWED_MS, waitedMs);
  }
}
