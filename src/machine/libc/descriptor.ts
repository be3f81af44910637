import { check } from './errno.ts';
import { bind } from './load.ts';

const close = bind<(fd: number) => number>('close', 'int', ['int']);
const dup = bind<(fd: number) => number>('dup', 'int', ['int']);

/**
 * Owns a file descriptor and closes it once. Use with `using`.
 *
 * The result of close(2) is not looked at: on Linux the descriptor is gone whatever it says, and a write error that
 * matters is asked for with fsync.
 */
export class Descriptor implements Disposable {
  readonly #fd: number;
  #open = true;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** @throws {Error} when it is closed already */
  get fd(): number {
    if (!this.#open) throw new Error(`Cannot use descriptor ${this.#fd}: it is closed`);
    return this.#fd;
  }

  /** A second number for the same open file, for something that will close it: dup(2). @throws {SyscallError} */
  duplicate(): number {
    return check('dup', dup(this.fd));
  }

  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    close(this.#fd);
  }
}

/** close(2) by number, for loops that open and close in a measured sample. @returns 0, or -1 */
export { close };
