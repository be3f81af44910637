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

/** Taking a view takes so little that it is done this often with each source. */
const REPEATS = 100;

/**
 * The task of one operation on `bytes` (a factor). Its sources are made before, for some operations use theirs up.
 * @param times sources a sample
 */
export function byteOperation(operation: Operation, times: (bytes: number) => number): Task {
  return async ({ factors }) => {
    const bytes = Number(factors.bytes);
    const outcome = await outcomeOf(operation);
    const { source = plain, run, later } = operation;
    const sources = Array.from({ length: times(bytes) }, () => source(bytes).fill(7));
    const repeats = outcome === 'shares' && !later ? REPEATS : 1;
    return {
      async run() {
        let last: Uint8Array = plain(0);
        const began = performance.now();
        for (let turn = 0; turn < repeats; turn++) {
          for (const from of sources) {
            const made = run(from);
            // Only a message is waited for: awaiting what is there would cost more than taking a view.
            last = made instanceof Promise ? await made : made;
          }
        }
        const done = sources.length * repeats;
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
