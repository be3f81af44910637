/** Whether ranges of files are in memory, asked often: one object for many questions, none made a question. */
import { EAGAIN, moved } from './errno.ts';
import { bind } from './load.ts';
import { Mapping, pageSize } from './memory.ts';

const c = {
  syscall: bind<(number: number, fd: number, range: number, result: number, flags: number) => number>(
    'syscall',
    'long',
    ['long', 'long', 'pointer', 'pointer', 'long'],
  ),
  preadv2: bind<(fd: number, vector: number, parts: number, offset: number, flags: number) => number>(
    'preadv2',
    'ssize',
    ['int', 'pointer', 'int', 'offset', 'int'],
  ),
};

const SYS_cachestat = 451;
const RWF_NOWAIT = 8;

/** Layout of the memory below: struct cachestat_range, struct cachestat, struct iovec, the byte that it points to. */
const STATE = 16;
const VECTOR = 64;
const BYTE = 80;

/**
 * Asks cachestat(2), which counts pages that are there, and then preadv2(2) with RWF_NOWAIT for the last byte: a page that
 * is still on its way from the disk counts as there, and sendfile(2) would wait for it.
 */
export class Residency implements Disposable {
  readonly #memory = Mapping.anonymous(96);
  readonly #words: BigUint64Array;

  constructor() {
    const { buffer, byteOffset } = this.#memory.view();
    this.#words = new BigUint64Array(buffer, byteOffset, 12);
    this.#words[VECTOR / 8] = BigInt(this.#memory.address + BYTE);
    this.#words[VECTOR / 8 + 1] = 1n;
  }

  /**
   * Whether `length` bytes from `offset` can be had without waiting for the disk. Where the kernel has no cachestat
   * (before Linux 6.5) only the ends are asked for; where it has neither call, the answer is yes.
   */
  resident(fd: number, offset: number, length: number): boolean {
    const page = pageSize();
    const pages = Math.floor((offset + length - 1) / page) - Math.floor(offset / page) + 1;
    this.#words[0] = BigInt(offset);
    this.#words[1] = BigInt(length);
    const { address } = this.#memory;
    if (moved(c.syscall(SYS_cachestat, fd, address, address + STATE, 0)) === 0) {
      if (Number(this.#words[STATE / 8]) < pages) return false;
    } else if (!this.#readsNow(fd, offset)) {
      return false;
    }
    return this.#readsNow(fd, offset + length - 1);
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
  }

  #readsNow(fd: number, offset: number): boolean {
    return moved(c.preadv2(fd, this.#memory.address + VECTOR, 1, offset, RWF_NOWAIT)) !== -EAGAIN;
  }
}
