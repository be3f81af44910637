import type { Ledger } from './ledger.ts';
import type { Piece, Step } from './piece.ts';
import { PipeContent } from './pipe-content.ts';

/** The pipes of a trace by their inode. */
export class Pipes {
  readonly #contents = new Map<string, PipeContent>();
  readonly #tries = new Map<string, Step[]>();

  /** pipe2(2) made it: everything in it will have been seen to go in. */
  make(key: string): void {
    this.#contents.set(key, new PipeContent(true));
  }

  /** Whether `count` bytes can be taken: false while the line of a writer that put them in is still to come. */
  has(key: string, count: number): boolean {
    const content = this.#contents.get(key);
    return content === undefined || !content.known || content.bytes >= count;
  }

  put(key: string, pieces: readonly Piece[]): void {
    const tries = this.#tries.get(key) ?? [];
    this.#tries.delete(key);
    this.#of(key).push(
      tries.length === 0 ? pieces : pieces.map((one) => ({ ...one, steps: [...tries, ...one.steps] })),
    );
  }

  /** A call that put nothing in and is made again: it counts for the bytes that come next. */
  tried(key: string, step: Step): void {
    this.#tries.set(key, [...(this.#tries.get(key) ?? []), step]);
  }

  /** Takes bytes out. What went in unseen, from another program or before the trace, is said in the ledger. */
  take(key: string, count: number, ledger: Ledger): Piece[] {
    const content = this.#of(key);
    const unseen = count - content.bytes;
    if (unseen > 0) ledger.missed('pipe-from-elsewhere', {}, unseen);
    return content.pop(count);
  }

  /** The first bytes, which stay. */
  look(key: string, count: number): Piece[] {
    return this.#of(key).peek(count);
  }

  #of(key: string): PipeContent {
    const content = this.#contents.get(key) ?? new PipeContent(false);
    this.#contents.set(key, content);
    return content;
  }
}
