/** A neighbour on the sender's core, who has work of his own. Program: started by regimes.ts, pinned. */
import { writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Meter, POLLIN, waitFor } from '#libc';
import { answerQuestions } from '#machine/answering.ts';

export type NeighbourQuestion =
  /** Say `{ begun: true }` and work until the next question comes, which must not come before that. */
  | { do: 'work' }
  /** How much was finished between two moments of CLOCK_MONOTONIC, ns. */
  | { do: 'count'; fromNs: number; toNs: number };

/** What one operation is: a checksum of this many bytes, which lie in the cache of the core. */
const PIECE_BYTES = 64 * 1024;
/** Operations whose end is remembered: far more than are done in the longest sample. */
const REMEMBERED = 4_000_000;

const meter = new Meter();
const piece = Buffer.alloc(PIECE_BYTES, 7);
const ends = new Float64Array(REMEMBERED);
let done = 0;

await answerQuestions<NeighbourQuestion>((question) => {
  if (question.do === 'work') {
    work();
    return {};
  }
  const finished = ends.subarray(0, done).filter((at) => at > question.fromNs && at <= question.toNs);
  return { operations: finished.length };
});

function work(): void {
  done = 0;
  let sum = 0;
  writeSync(1, `${JSON.stringify({ begun: true })}\n`);
  while (!waitFor(0, POLLIN, 0) && done < REMEMBERED) {
    sum = crc32(piece, sum);
    ends[done++] = meter.monotonicNs();
  }
}
