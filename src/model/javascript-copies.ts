/**
 * Operations of JavaScript that take bytes and give bytes, and how to see whether they copied. It runs in Node and, unchanged,
 * in a browser: nothing here belongs to either.
 */

/** What an operation did with the bytes: the same memory under two names, a second memory, or the same under a new name only. */
export type Outcome = 'shares' | 'copies' | 'moves';

/** One operation. */
export interface Operation {
  /** As it is written. */
  readonly title: string;
  /** Memory that the operation starts from; ordinary memory by default. @throws where there is none of the kind */
  readonly source?: (bytes: number) => Uint8Array;
  /** The answer comes in a turn of its own. */
  readonly later?: true;
  readonly run: (source: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** By name, in the order in which they are told: what shares first. */
export const operations = {
  subarray: { title: 'subarray()', run: (source) => source.subarray() },
  view: {
    title: 'new Uint8Array(buffer)',
    run: (source) => new Uint8Array(source.buffer, source.byteOffset, source.byteLength),
  },
  slice: { title: 'slice()', run: (source) => source.slice() },
  'from-array': { title: 'new Uint8Array(array)', run: (source) => new Uint8Array(source) },
  set: {
    title: 'set() into another',
    run(source) {
      const target = new Uint8Array(source.length);
      target.set(source);
      return target;
    },
  },
  'buffer-slice': {
    title: 'ArrayBuffer slice()',
    run: (source) => new Uint8Array((source.buffer as ArrayBuffer).slice(0)),
  },
  'structured-clone': { title: 'structuredClone()', run: (source) => structuredClone(source) },
  'clone-transfer': {
    title: 'structuredClone(), transferred',
    run: (source) => structuredClone(source, { transfer: [source.buffer as ArrayBuffer] }),
  },
  'buffer-transfer': {
    title: 'ArrayBuffer transfer()',
    run: (source) => new Uint8Array((source.buffer as ArrayBuffer).transfer()),
  },
  message: { title: 'postMessage()', later: true, run: (source) => post(source, []) },
  'message-transfer': {
    title: 'postMessage(), transferred',
    later: true,
    run: (source) => post(source, [source.buffer as ArrayBuffer]),
  },
  'message-shared': {
    title: 'postMessage() of shared memory',
    later: true,
    source: (bytes) => new Uint8Array(new SharedArrayBuffer(bytes)),
    run: (source) => post(source, []),
  },
} satisfies Record<string, Operation>;

/** Sends bytes through a channel to this same thread. */
function post(source: Uint8Array, transfer: ArrayBuffer[]): Promise<Uint8Array> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port2.onmessage = ({ data }) => {
      port1.close();
      resolve(data as Uint8Array);
    };
    port1.postMessage(source, transfer);
  });
}

/**
 * Sees what an operation does: writes through the source afterwards and looks at what it gave.
 * @throws {Error} when it gave other bytes than it took, or where the operation is not there
 */
export async function outcomeOf({ source = plain, run }: Operation, bytes = 64): Promise<Outcome> {
  const from = filled(source(bytes));
  const made = await run(from);
  if (made.length !== bytes || made.some((byte, at) => byte !== pattern(at)))
    throw new Error(`Cannot tell what became of ${bytes} bytes: ${made.length} came out, and not the same`);
  // A buffer that was transferred has no length any more.
  if (from.length === 0) return 'moves';
  from[0] = pattern(0) ^ 0xff;
  return made[0] === from[0] ? 'shares' : 'copies';
}

/** Ordinary memory. */
export function plain(bytes: number): Uint8Array {
  return new Uint8Array(bytes);
}

/** Fills bytes with a pattern that differs from place to place. */
export function filled(bytes: Uint8Array): Uint8Array {
  for (let at = 0; at < bytes.length; at++) bytes[at] = pattern(at);
  return bytes;
}

function pattern(at: number): number {
  return (at * 31 + 7) & 0xff;
}
