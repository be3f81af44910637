/** poll(2) over a fixed set of descriptors. */
import { EINTR, moved, SyscallError } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

const poll = bind<(set: number, count: number, timeout: number) => number>('poll', 'int', ['pointer', 'ulong', 'int']);

export const POLLIN = 1;
export const POLLOUT = 4;
export const POLLERR = 8;
export const POLLHUP = 16;

/** A reusable array of struct pollfd: fd (4 bytes), events (2), revents (2). Use with `using`. */
export class PollSet implements Disposable {
  readonly #memory: Mapping;
  readonly #view: Buffer;
  readonly size: number;

  constructor(size: number) {
    this.size = size;
    this.#memory = Mapping.anonymous(Math.max(1, size) * 8);
    this.#view = this.#memory.view();
    for (let index = 0; index < size; index++) this.clear(index);
  }

  /** Watches `fd` for `events` at this place. */
  set(index: number, fd: number, events: number): void {
    this.#view.writeInt32LE(fd, index * 8);
    this.#view.writeInt16LE(events, index * 8 + 4);
  }

  /** Watches nothing at this place: poll(2) skips negative descriptors. */
  clear(index: number): void {
    this.set(index, -1, 0);
  }

  /** What happened at this place in the last wait: a mask of POLLIN, POLLOUT, POLLERR, POLLHUP. */
  happened(index: number): number {
    return this.#view.readInt16LE(index * 8 + 6);
  }

  /**
   * Waits until something happens. A signal ends the wait as if nothing had (EINTR).
   * @param timeoutMs milliseconds, -1 for ever @returns places where something happened @throws {SyscallError}
   */
  wait(timeoutMs: number): number {
    const result = moved(poll(this.#memory.address, this.size, timeoutMs));
    if (result === -EINTR) return 0;
    if (result < 0) throw new SyscallError('poll', -result);
    return result;
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
  }
}

/** Waits until `fd` is ready for `events`. @returns false when `timeoutMs` passed first */
export function waitFor(fd: number, events: number, timeoutMs: number): boolean {
  using set = new PollSet(1);
  set.set(0, fd, events);
  return set.wait(timeoutMs) > 0;
}
