/** Payload on its way: pieces of a file that have come as far as a program's memory, or a pipe. */
import type { Moved } from '#model/tally.ts';

/** One call that carried bytes a part of the way. */
export interface Step {
  /** The line of the trace on which it ended, so that it is counted once however many pieces it carried. */
  readonly id: number;
  readonly call: string;
  readonly moved: Moved;
}

/** Bytes that came from one file by the same calls; `file` null: from a program's memory, or from where nobody saw. */
export interface Piece {
  readonly bytes: number;
  readonly file: string | null;
  readonly steps: readonly Step[];
}

export function totalBytes(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The pieces that lie in `count` bytes from `from`. */
export function slice(pieces: readonly Piece[], from: number, count: number): Piece[] {
  const cut: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const start = Math.max(from, at);
    const end = Math.min(from + count, at + piece.bytes);
    if (end > start) cut.push({ ...piece, bytes: end - start });
    at += piece.bytes;
  }
  return cut;
}

/** The same pieces, one step further. */
export function carried(pieces: readonly Piece[], step: Step): Piece[] {
  return pieces.map((piece) => ({ ...piece, steps: [...piece.steps, step] }));
}

/** A copy anywhere on the way makes it a copy; a request that may have been refused makes it a request. */
export function movedBy(steps: readonly Step[]): Moved {
  if (steps.some(({ moved }) => moved === 'copy')) return 'copy';
  return steps.some(({ moved }) => moved === 'asked') ? 'asked' : 'reference';
}
