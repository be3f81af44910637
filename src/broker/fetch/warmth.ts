import { read } from 'node:fs';
import { Residency } from '#libc';
import type { Slice } from '../storage/slice.ts';

/** Bytes that are brought in at once. */
export const WINDOW_BYTES = 2 ** 20;

/** Times that one window is brought in before it is sent whatever the page cache did with it meanwhile. */
const TRIES = 3;

/**
 * Sees to it that no path waits for the disk on the thread that serves everybody: who finds a cold range lets a thread of
 * libuv's pool read it, into a buffer that nobody looks at, and sends it then.
 */
export class Warmth implements Disposable {
  readonly #residency = new Residency();
  #discarded: Buffer | undefined;
  #reads = 0;

  /** How often something was brought in. */
  get reads(): number {
    return this.#reads;
  }

  /** Whether a range of a file can be sent without waiting for the disk. */
  isWarm(fd: number, position: number, bytes: number): boolean {
    return this.#residency.resident(fd, position, bytes);
  }

  /**
   * Brings a window of a slice in, or what is left of it after `done` bytes; errors are left for the call that sends, which
   * meets them too. @returns up to which of its bytes
   */
  async warm({ fd, position: begin, bytes }: Slice, done: number): Promise<number> {
    this.#discarded ??= Buffer.allocUnsafeSlow(WINDOW_BYTES);
    const buffer = this.#discarded;
    const position = begin + done;
    const count = Math.min(bytes - done, WINDOW_BYTES);
    for (let tries = 0; tries < TRIES && !this.isWarm(fd, position, count); tries++) {
      this.#reads++;
      await new Promise<void>((end) => read(fd, buffer, 0, count, position, () => end()));
    }
    return done + count;
  }

  [Symbol.dispose](): void {
    this.#residency[Symbol.dispose]();
  }
}
