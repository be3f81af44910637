import { type Piece, slice, totalBytes } from './piece.ts';

/** What lies in a pipe, in the order in which it went in. */
export class PipeContent {
  #pieces: Piece[] = [];
  /** Its making was seen, so that everything in it was seen to go in. */
  readonly known: boolean;

  constructor(known: boolean) {
    this.known = known;
  }

  get bytes(): number {
    return totalBytes(this.#pieces);
  }

  push(pieces: readonly Piece[]): void {
    this.#pieces.push(...pieces);
  }

  /** Takes the first `count` bytes out; what nobody saw go in has no file. */
  pop(count: number): Piece[] {
    const taken = this.peek(count);
    this.#pieces = slice(this.#pieces, count, Number.POSITIVE_INFINITY);
    return taken;
  }

  /** The first `count` bytes, which stay: tee(2). */
  peek(count: number): Piece[] {
    const seen = slice(this.#pieces, 0, count);
    const missing = count - totalBytes(seen);
    return missing > 0 ? [...seen, { bytes: missing, file: null, steps: [] }] : seen;
  }
}
