/**
 * A technique is one way to get bytes from a file to a socket. It opens a mover, which makes its system calls once per
 * step and says what happened; the loops (blocking-loop.ts, polling-loop.ts) decide what to do next. So what the labs
 * measure is what a server would run.
 */
import { EAGAIN, ECONNRESET, EINTR, EPIPE, SyscallError } from '#libc';

/** Where the payload comes from: an open regular file, and its size in bytes when it was opened. */
export interface Source {
  readonly fd: number;
  readonly bytes: number;
}

/** Where the payload goes: a connected stream socket, blocking or not. */
export interface Sink {
  readonly fd: number;
}

/**
 * What one step did: bytes that went into the socket (0 when a signal interrupted the call: call again), `again` when a
 * non-blocking socket is full (wait until it is writable), `gone` when the peer left, `ended` when the file has no byte
 * at this offset.
 */
export type Step = number | 'again' | 'gone' | 'ended';

/** One transfer in progress. Offsets of successive steps follow each other: next offset = offset + bytes moved. */
export interface Mover extends Disposable {
  /** Moves at most `count` bytes from `offset` of the file, and at most one chunk. Short counts are normal. */
  step(offset: number, count: number): Step;
  /** System calls made so far, by name. */
  readonly calls: Readonly<Record<string, number>>;
}

export interface Technique {
  /** Name of its path model in src/model/paths. */
  readonly id: string;
  /** @param chunk bytes asked for in one call, at most; a positive integer */
  open(source: Source, sink: Sink, chunk: number): Mover;
}

/**
 * A negative result of a call on the way to the socket, as a step.
 * @throws {SyscallError} for everything that is not part of normal operation
 */
export function stepOf(call: string, result: number): Step {
  switch (-result) {
    case EAGAIN:
      return 'again';
    case EINTR:
      return 0;
    case EPIPE:
    case ECONNRESET:
      return 'gone';
    default:
      throw new SyscallError(call, -result);
  }
}
