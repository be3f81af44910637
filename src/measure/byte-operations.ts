/** Operations of JavaScript on bytes, as tasks: what became of the bytes, and how long one took. */
import { type Operation, outcomeOf, plain } from '#model/javascript-copies.ts';
import type { Task } from './task.ts';

/** What Node adds: a Buffer is a Uint8Array with methods of its own, and one of them means something else. */
export const nodeOperations = {
  'node-slice': { title: 'Buffer slice()', run: (source) => asBuffer(source).slice() },
  'node-from-buffer': { title: 'Buffer.from(buffer)', run: (source) => Buffer.from(source.buffer as ArrayBuffer) },
  'node-from-array': { title: 'Buffer.from(array)', run: (source) => Buffer.from(source) },
  'node-concat': { title: 'Buffer.concat()', run: (source) => Buffer.concat([source]) },
} satisfies Record<string, Operation>;

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** How long a sample takes at least: taking a view is over in nanoseconds, and a first pass may be a slow one. */
const ENOUGH_MS = 10;
/** How often the clock is looked at in that time, about: a pass of views is far shorter than a look. */
const LOOKS = 100;

/**
 * The task of one operation on `bytes` (a factor), as often with each source as makes a sample long enough. An operation that
 * uses its source up goes on with what it gave.
 * @param times sources, made before
 */
export function byteOperation(operation: Operation, times: (bytes: number) => number): Task {
  return async ({ factors }) => {
    const bytes = Number(factors.bytes);
    const outcome = await outcomeOf(operation);
    const { source = plain, run } = operation;
    const sources = Array.from({ length: times(bytes) }, () => source(bytes).fill(7));
    const pass = async () => {
      let last: Uint8Array = plain(0);
      for (let at = 0; at < sources.length; at++) {
        const made = run(sources[at] as Uint8Array);
        // Only a message is waited for: awaiting what is there would cost more than taking a view.
        last = made instanceof Promise ? await made : made;
        if (outcome === 'moves') sources[at] = last;
      }
      return last;
    };
    // The second of two: the first finds the operation not compiled yet.
    let passMs = 0;
    for (let trial = 0; trial < 2; trial++) {
      const began = performance.now();
      await pass();
      passMs = performance.now() - began;
    }
    const between = Math.max(1, Math.floor(ENOUGH_MS / LOOKS / passMs));
    return {
      async run() {
        let last: Uint8Array = plain(0);
        let passes = 0;
        const began = performance.now();
        while (performance.now() - began < ENOUGH_MS) {
          for (let turn = 0; turn < between; turn++) last = await pass();
          passes += between;
        }
        const done = sources.length * passes;
        const extra = {
          operations: done,
          eachNs: Math.round(((performance.now() - began) * 1e6) / done),
          copies: outcome === 'copies' ? 1 : 0,
          detaches: outcome === 'moves' ? 1 : 0,
        };
        return { bytes: bytes * done, check: `${last.length} bytes, then ${last.at(-1)}`, extra };
      },
      [Symbol.dispose]() {
        sources.length = 0;
      },
    };
  };
}
