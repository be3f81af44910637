import { POLLOUT, waitFor } from '#libc';
import { FileEnded, PeerGone, ReceiverStalled } from './errors.ts';
import type { Mover, Sink } from './mover.ts';

/**
 * Moves exactly `count` bytes from `offset`, step by step: the loop of a program that serves one connection. On a
 * blocking socket the calls themselves wait; on a non-blocking one it waits for room between steps.
 *
 * @param timeoutMs how long the receiver may take nothing, milliseconds
 * @returns bytes moved, which is `count`
 * @throws {PeerGone | FileEnded | ReceiverStalled} with the bytes that went before
 * @throws {SyscallError} for any other failure of a call
 */
export function sendBlocking(mover: Mover, sink: Sink, offset: number, count: number, timeoutMs = 30_000): number {
  let sent = 0;
  while (sent < count) {
    const step = mover.step(offset + sent, count - sent);
    if (typeof step === 'number') sent += step;
    else if (step === 'gone') throw new PeerGone(sent, count);
    else if (step === 'ended') throw new FileEnded(sent, count);
    else if (!waitFor(sink.fd, POLLOUT, timeoutMs)) throw new ReceiverStalled(sent, count, timeoutMs);
  }
  return sent;
}
