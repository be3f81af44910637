/** How long an operation on bytes takes, with a clock that may be coarse: browsers round theirs to as much as 100 µs. */
import { type Operation, plain } from './javascript-copies.ts';

/** Milliseconds, as performance.now() gives them. */
export type Clock = () => number;

/** Steps of the clock that a measurement must last: what it may be wrong by is then two of them. */
const STEPS = 100;
/** Sources that are there at once: some operations use theirs up. */
const BATCH = 8;

/** The smallest step of a clock that was seen in three, milliseconds. */
export function resolutionOf(now: Clock): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let seen = 0; seen < 3; seen++) {
    const began = now();
    let next = now();
    while (next === began) next = now();
    smallest = Math.min(smallest, next - began);
  }
  return smallest;
}

/**
 * Does an operation as often as the clock needs to tell how long it takes; making the sources is not counted.
 * @returns milliseconds for one
 */
export async function timeOf(operation: Operation, bytes: number, now: Clock): Promise<number> {
  const { source = plain, run } = operation;
  const enough = resolutionOf(now) * STEPS;
  let spent = 0;
  let done = 0;
  let sources: Uint8Array[] = [];
  while (spent < enough) {
    // Made anew only where the operation has used them up.
    if (!sources[0]?.length) sources = Array.from({ length: BATCH }, () => source(bytes).fill(7));
    const began = now();
    for (const from of sources) {
      const made = run(from);
      if (made instanceof Promise) await made;
    }
    spent += now() - began;
    done += sources.length;
    // A clock that stands still for a batch of quick operations is asked for no more than that.
    if (done >= BATCH * STEPS * STEPS) break;
  }
  return spent / done;
}
