import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { CannotRunHere } from '../cannot-run.ts';
import { errno } from './load.ts';

/** Numbers of the errors that callers look at, as positive values. errno(3). */
export const {
  EAGAIN,
  EBADF,
  EBUSY,
  ECONNABORTED,
  ECONNRESET,
  EEXIST,
  EFAULT,
  EINTR,
  EINVAL,
  EIO,
  ENOBUFS,
  ENODEV,
  ENOENT,
  ENOMEM,
  ENOPROTOOPT,
  ENOSYS,
  ENOTCONN,
  ENOTSUP,
  EOPNOTSUPP,
  EPERM,
  EACCES,
  EPIPE,
  EXDEV,
} = constants.errno;

/** A system call that failed: which call, and the name of its errno. */
export class SyscallError extends Error {
  readonly call: string;
  /** Positive number of errno(3). */
  readonly errno: number;
  /** Its name: EPIPE, ENOSPC … */
  readonly code: string;

  constructor(call: string, number: number, detail = '') {
    const [code, text] = getSystemErrorMap().get(-number) ?? [`errno ${number}`, 'unknown error'];
    super(`Cannot ${call}${detail && ` ${detail}`}: ${code}, ${text}`);
    this.name = 'SyscallError';
    this.call = call;
    this.errno = number;
    this.code = code;
  }
}

/**
 * The result of a call that moves data: bytes, or a negative errno, as the kernel itself returns it (syscalls(2)).
 * Short counts, EAGAIN and EINTR are normal there, so nothing is thrown.
 */
export function moved(result: number): number {
  return result < 0 ? -errno() : result;
}

/** The result of any other call. @throws {SyscallError} when it is -1 */
export function check(call: string, result: number, detail = ''): number {
  if (result === -1) throw new SyscallError(call, errno(), detail);
  return result;
}

/** Errors that mean "this machine does not offer it", for a call that was tried once to find out. */
const absent = new Set([ENOSYS, EOPNOTSUPP, ENOTSUP, EPERM, EACCES]);

/** Turns a failed first try into an answer: *cannot run here* for a missing or barred feature, a SyscallError otherwise. */
export function refusal(call: string, number: number): CannotRunHere | SyscallError {
  const failure = new SyscallError(call, number);
  if (!absent.has(number)) return failure;
  const code = number === EPERM || number === EACCES ? 'refused' : 'no-kernel-feature';
  return new CannotRunHere(code, { call, errno: failure.code }, { cause: failure });
}
