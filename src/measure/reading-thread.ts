/** A helper thread that reads slices of a file, so that they are in memory: what nginx calls a thread pool. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What the thread is given: a file, the slices in their order, and two words: how many are read, and whether to end. */
export interface ReadingOrder {
  readonly path: string;
  readonly bytes: number;
  readonly words: SharedArrayBuffer;
  /** Offsets as 64-bit floats; the first word of `words` says how many there are once they are known. */
  readonly offsets: SharedArrayBuffer;
}

export const KNOWN = 0;
export const READ = 1;
export const END = 2;

/** Patience with the disk, milliseconds. */
const PATIENCE_MS = 20_000;

export class ReadingThread implements Disposable {
  readonly #words: Int32Array;
  readonly #offsets: Float64Array;

  private constructor({ words, offsets }: ReadingOrder) {
    this.#words = new Int32Array(words);
    this.#offsets = new Float64Array(offsets);
  }

  /** Starts it, and waits until it stands ready. @param most slices at most */
  static async start(path: string, bytes: number, most: number): Promise<ReadingThread> {
    const words = new SharedArrayBuffer(12);
    const order: ReadingOrder = { path, bytes, words, offsets: new SharedArrayBuffer(8 * most) };
    const thread = new Worker(new URL('./slice-reader.ts', import.meta.url), { workerData: order });
    await once(thread, 'message');
    thread.unref();
    return new ReadingThread(order);
  }

  /** Lets it read these slices, in this order. */
  read(offsets: readonly number[]): void {
    this.#offsets.set(offsets);
    Atomics.store(this.#words, READ, 0);
    Atomics.store(this.#words, KNOWN, offsets.length);
    Atomics.notify(this.#words, KNOWN);
  }

  /** Whether the slice at this place of the order has been read. */
  has(at: number): boolean {
    return Atomics.load(this.#words, READ) > at;
  }

  /** Waits until it has been read. @throws {Error} when the disk does not answer */
  await(at: number): void {
    for (let read = Atomics.load(this.#words, READ); read <= at; read = Atomics.load(this.#words, READ)) {
      if (Atomics.wait(this.#words, READ, read, PATIENCE_MS) === 'timed-out')
        throw new Error(`Cannot go on: the helper thread read nothing for ${PATIENCE_MS / 1000} s`);
    }
  }

  [Symbol.dispose](): void {
    Atomics.store(this.#words, END, 1);
    Atomics.add(this.#words, KNOWN, 1);
    Atomics.notify(this.#words, KNOWN);
  }
}
