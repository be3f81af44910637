/** Completions of MSG_ZEROCOPY, from the socket's error queue: Documentation/networking/msg_zerocopy.rst. */
import { EAGAIN, moved, SyscallError } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';
import { waitFor } from './poll.ts';
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

/** Waits for one completion. @returns null when none came in `timeoutMs` */
export function zeroCopyCompletion(fd: number, timeoutMs: number): Completion | null {
  using memory = Mapping.anonymous(MSGHDR_BYTES + CONTROL_BYTES);
  const view = memory.view();
  // struct msghdr: no name and no data; control at 32, its length at 40.
  view.writeBigUInt64LE(BigInt(memory.address + MSGHDR_BYTES), 32);
  view.writeBigUInt64LE(BigInt(CONTROL_BYTES), 40);
  // POLLERR is always reported and need not be asked for.
  if (!waitFor(fd, 0, timeoutMs)) return null;
  const result = moved(recvmsg(fd, memory.address, MSG_ERRQUEUE));
  if (result === -EAGAIN) return null;
  if (result < 0) throw new SyscallError('recvmsg(MSG_ERRQUEUE)', -result);
  const error = view.subarray(MSGHDR_BYTES + CMSG_HEADER_BYTES);
  if (error[4] !== SO_EE_ORIGIN_ZEROCOPY) return null;
  return {
    first: error.readUInt32LE(8),
    last: error.readUInt32LE(12),
    copied: ((error[6] as number) & SO_EE_CODE_ZEROCOPY_COPIED) !== 0,
  };
}
