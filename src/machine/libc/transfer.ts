/**
 * Calls that move data between two descriptors inside the kernel: sendfile(2), splice(2), copy_file_range(2), and the
 * pipe that splice needs, pipe2(2). They return bytes or a negative errno. A count above 0x7ffff000 is cut to it by the
 * kernel (MAX_RW_COUNT), offsets are 64-bit.
 */
import { Descriptor } from './descriptor.ts';
import { check, moved } from './errno.ts';
import { F_SETPIPE_SZ, fcntl } from './file.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

type Splice = (from: number, fromOffset: number, to: number, toOffset: number, count: number, flags: number) => number;

const c = {
  sendfile: bind<(out: number, from: number, offset: number, count: number) => number>('sendfile', 'ssize', [
    'int',
    'int',
    'pointer',
    'size_t',
  ]),
  splice: bind<Splice>('splice', 'ssize', ['int', 'pointer', 'int', 'pointer', 'size_t', 'uint']),
  vmsplice: bind<(pipe: number, vectors: number, count: number, flags: number) => number>('vmsplice', 'ssize', [
    'int',
    'pointer',
    'size_t',
    'uint',
  ]),
  copyFileRange: bind<Splice>('copy_file_range', 'ssize', ['int', 'pointer', 'int', 'pointer', 'size_t', 'uint']),
  pipe2: bind<(fds: number, flags: number) => number>('pipe2', 'int', ['pointer', 'int']),
};

const O_CLOEXEC = 0o2000000;
/** Do not block on the pipe. The socket's own O_NONBLOCK decides whether the socket blocks; splice(2). */
export const SPLICE_F_NONBLOCK = 2;

/** An off_t that a system call reads and advances. One lives as long as its transfer: none is made inside a sample. */
export class OffsetCell implements Disposable {
  readonly #memory = Mapping.anonymous(8);
  readonly #words: Uint32Array;
  readonly address: number;

  constructor() {
    const { buffer } = this.#memory.view();
    this.#words = new Uint32Array(buffer, 0, 2);
    this.address = this.#memory.address;
  }

  /** Sets the offset, in bytes. Two 32-bit stores: a BigInt store costs more than the call's own overhead. */
  set(offset: number): void {
    this.#words[0] = offset >>> 0;
    this.#words[1] = Math.floor(offset / 2 ** 32);
  }

  /** The offset as the kernel left it, in bytes. */
  get(): number {
    return (this.#words[1] as number) * 2 ** 32 + (this.#words[0] as number);
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
  }
}

/** sendfile(2) from the offset in `cell`. @returns bytes, 0 at the end of the file, or a negative errno */
export function sendfile(out: number, from: number, cell: OffsetCell, count: number): number {
  return moved(c.sendfile(out, from, cell.address, count));
}

/** splice(2) from a file, at the offset in `cell`, into a pipe. @returns bytes, 0 at the end, or a negative errno */
export function spliceIn(file: number, cell: OffsetCell, pipe: number, count: number, flags = 0): number {
  return moved(c.splice(file, cell.address, pipe, 0, count, flags));
}

/** splice(2) from a pipe into a socket. @returns bytes, or a negative errno */
export function spliceOut(pipe: number, out: number, count: number, flags = 0): number {
  return moved(c.splice(pipe, 0, out, 0, count, flags));
}

/** splice(2) from a socket into a pipe. @returns bytes, 0 when the peer has finished, or a negative errno */
export function spliceFromSocket(socket: number, pipe: number, count: number, flags = 0): number {
  return moved(c.splice(socket, 0, pipe, 0, count, flags));
}

/**
 * vmsplice(2): references to the pages of one piece of user memory, into a pipe.
 * @param vector address of a struct iovec { address, length }
 * @returns bytes, or a negative errno
 */
export function vmsplice(pipe: number, vector: number, flags = 0): number {
  return moved(c.vmsplice(pipe, vector, 1, flags));
}

/** copy_file_range(2), file to file, at the offsets in the two cells. @returns bytes, 0 at the end, or a negative errno */
export function copyFileRange(
  from: number,
  fromCell: OffsetCell,
  to: number,
  toCell: OffsetCell,
  count: number,
): number {
  return moved(c.copyFileRange(from, fromCell.address, to, toCell.address, count, 0));
}

/** Both ends of a pipe. */
export interface Pipe extends Disposable {
  readonly readEnd: number;
  readonly writeEnd: number;
  /** What it can hold, in bytes. */
  readonly capacity: number;
}

/**
 * pipe2(2), then F_SETPIPE_SZ so that it holds at least `capacity` bytes. An unprivileged process may ask for up to
 * /proc/sys/fs/pipe-max-size (1 MiB by default); beyond it the pipe stays as large as it may be.
 */
export function openPipe(capacity: number): Pipe {
  using fds = Mapping.anonymous(8);
  check('pipe2', c.pipe2(fds.address, O_CLOEXEC));
  const readEnd = new Descriptor(fds.view().readInt32LE(0));
  const writeEnd = new Descriptor(fds.view().readInt32LE(4));
  let size = 65536;
  try {
    size = fcntl(writeEnd.fd, F_SETPIPE_SZ, capacity);
  } catch {
    // EPERM above the limit: the pipe keeps its 64 KiB, and transfers take more steps.
  }
  return {
    readEnd: readEnd.fd,
    writeEnd: writeEnd.fd,
    capacity: size,
    [Symbol.dispose]() {
      readEnd[Symbol.dispose]();
      writeEnd[Symbol.dispose]();
    },
  };
}
