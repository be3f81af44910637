/** What of a file is in memory: cachestat(2) (Linux 6.5), and posix_fadvise(2) to bring it in or put it out. */
import { ENOSYS, moved, refusal, SyscallError } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

const syscall = bind<(number: number, fd: number, range: number, result: number, flags: number) => number>(
  'syscall',
  'long',
  ['long', 'long', 'pointer', 'pointer', 'long'],
);
const posixFadvise = bind<(fd: number, offset: number, length: number, advice: number) => number>(
  'posix_fadvise',
  'int',
  ['int', 'offset', 'offset', 'int'],
);

/** The C library has no wrapper yet; 451 on every architecture (include/uapi/asm-generic/unistd.h). */
const SYS_cachestat = 451;

/** Pages of a file range by state; struct cachestat, include/uapi/linux/mman.h. */
export interface CacheState {
  cached: number;
  dirty: number;
  writeback: number;
  evicted: number;
  recentlyEvicted: number;
}

/**
 * State of the pages of `length` bytes from `offset`; length 0 means to the end of the file.
 * @throws {CannotRunHere} before Linux 6.5, or where a sandbox bars the call
 */
export function cachestat(fd: number, offset = 0, length = 0): CacheState {
  using memory = Mapping.anonymous(16 + 40);
  const view = memory.view();
  view.writeBigUInt64LE(BigInt(offset), 0);
  view.writeBigUInt64LE(BigInt(length), 8);
  const result = moved(syscall(SYS_cachestat, fd, memory.address, memory.address + 16, 0));
  if (result < 0) throw refusal('cachestat', -result === ENOSYS ? ENOSYS : -result);
  const field = (index: number) => Number(view.readBigUInt64LE(16 + 8 * index));
  return { cached: field(0), dirty: field(1), writeback: field(2), evicted: field(3), recentlyEvicted: field(4) };
}

/** Advice values of posix_fadvise(2). */
export const fileAdvice = { normal: 0, random: 1, sequential: 2, willNeed: 3, dontNeed: 4, noReuse: 5 } as const;

/** posix_fadvise(2); it returns its errno instead of setting it. Length 0 means to the end. @throws {SyscallError} */
export function fadvise(fd: number, advice: number, offset = 0, length = 0): void {
  const result = posixFadvise(fd, offset, length, advice);
  if (result !== 0) throw new SyscallError('posix_fadvise', result);
}
