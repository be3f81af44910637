/** Completions of MSG_ZEROCOPY, from the socket's error queue: Documentation/networking/msg_zerocopy.rst. */
import { EAGAIN, moved, SyscallError } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';
import { PollSet } from './poll.ts';
import { MSG_ERRQUEUE } from './socket.ts';

const recvmsg = bind<(fd: number, message: number, flags: number) => number>('recvmsg', 'ssize', [
  'int',
  'pointer',
  'int',
]);

/** ee_origin and ee_code of struct sock_extended_err, include/uapi/linux/errqueue.h. */
const SO_EE_ORIGIN_ZEROCOPY = 5;
const SO_EE_CODE_ZEROCOPY_COPIED = 1;

const MSGHDR_BYTES = 56;
const CMSG_HEADER_BYTES = 16;
const CONTROL_BYTES = 128;

/** The kernel is done with the buffers of the sends `first` to `last` (numbered from 0). */
export interface Completion {
  first: number;
  last: number;
  /** True when the kernel copied the payload after all, as it does on loopback. */
  copied: boolean;
}

/** Reads completions of one socket. All memory is made with it, so that reading inside a sample makes none. */
export class ErrorQueue implements Disposable {
  readonly #fd: number;
  readonly #memory = Mapping.anonymous(MSGHDR_BYTES + CONTROL_BYTES);
  readonly #view = this.#memory.view();
  readonly #waiting = new PollSet(1);

  constructor(fd: number) {
    this.#fd = fd;
    // POLLERR is always reported and need not be asked for.
    this.#waiting.set(0, fd, 0);
  }

  /** Takes the next completion, waiting for it where it has not come. @returns null when none came in `timeoutMs` */
  next(timeoutMs: number): Completion | null {
    return this.#take() ?? (this.#waiting.wait(timeoutMs) > 0 ? this.#take() : null);
  }

  #take(): Completion | null {
    const view = this.#view;
    // struct msghdr: no name and no data; control at 32, its length at 40.
    view.writeBigUInt64LE(BigInt(this.#memory.address + MSGHDR_BYTES), 32);
    view.writeBigUInt64LE(BigInt(CONTROL_BYTES), 40);
    const result = moved(recvmsg(this.#fd, this.#memory.address, MSG_ERRQUEUE));
    if (result === -EAGAIN) return null;
    if (result < 0) throw new SyscallError('recvmsg(MSG_ERRQUEUE)', -result);
    const at = MSGHDR_BYTES + CMSG_HEADER_BYTES;
    if (view[at + 4] !== SO_EE_ORIGIN_ZEROCOPY) return null;
    return {
      first: view.readUInt32LE(at + 8),
      last: view.readUInt32LE(at + 12),
      copied: ((view[at + 6] as number) & SO_EE_CODE_ZEROCOPY_COPIED) !== 0,
    };
  }

  [Symbol.dispose](): void {
    this.#waiting[Symbol.dispose]();
    this.#memory[Symbol.dispose]();
  }
}

/** Waits for one completion. @returns null when none came in `timeoutMs` */
export function zeroCopyCompletion(fd: number, timeoutMs: number): Completion | null {
  using queue = new ErrorQueue(fd);
  return queue.next(timeoutMs);
}
