/**
 * The overwrite test, once: send a file of A's, overwrite the file with B's after the send call has returned, and look at
 * what the receiver reads. A's: the kernel had copied the payload when the call returned. B's: it had queued references to
 * the file's own pages, which is what zero copy means (sendfile(2), NOTES).
 */
import {
  accept,
  connect,
  type Descriptor,
  finishSending,
  fsync,
  listen,
  Mapping,
  O_RDWR,
  open,
  receiveAll,
  setNonBlocking,
  setTimeouts,
  zeroCopyCompletion,
} from '#libc';
import { addressFor, type Link, prepare } from '#machine/links.ts';
import type { ProofSample } from '#model/result.ts';
import type { Technique } from '#transfer/mover.ts';
import { count, fill, NEW, OLD, readBack } from './content.ts';

/** What is done differently to see that the test can fail: these must turn every answer into "old bytes". */
export type Control = 'none' | 'receiver-drains-first' | 'no-overwrite';

export interface OverwriteCase {
  readonly technique: Technique;
  /** Flags the source is opened with, beside O_RDONLY: O_DIRECT for the path past the page cache. */
  readonly openFlags: number;
  /** Sends with MSG_ZEROCOPY, so that a completion comes. */
  readonly completes: boolean;
  readonly link: Link;
  readonly control: Control;
  /** Congestion control of the sockets. */
  readonly congestion: string;
}

export type Observation = Omit<ProofSample, 'round' | 'order'>;

const PATIENCE_MS = 5000;

/**
 * Runs one case on a file of `bytes` bytes at `path`, which is rewritten.
 * @throws {CannotRunHere} when this machine refuses the path
 * @throws {SyscallError} when a call fails otherwise
 */
export function overwriteOnce(path: string, bytes: number, each: OverwriteCase): Observation {
  using writer = open(path, O_RDWR);
  using content = Mapping.anonymous(bytes);
  fill(writer, content, OLD);
  fsync(writer.fd);

  using source = open(path, each.openFlags);
  const { sender, receiver } = connectedPair(each.link, each.congestion);
  using sending = sender;
  using receiving = receiver;
  using mover = each.technique.open({ fd: source.fd, bytes }, sending, bytes);
  setNonBlocking(sending.fd, true);
  let sentBytes = 0;
  while (sentBytes < bytes) {
    const step = mover.step(sentBytes, bytes - sentBytes);
    if (typeof step !== 'number') break;
    sentBytes += step;
  }

  const early = each.control === 'receiver-drains-first' ? receiveAll(receiving.fd, sentBytes) : Buffer.alloc(0);
  if (each.control !== 'no-overwrite') fill(writer, content, NEW);
  const overwrittenBytes = count(readBack(writer, bytes), NEW);
  finishSending(sending.fd);
  const received = Buffer.concat([early, receiveAll(receiving.fd, bytes - early.length)]);
  const oldBytes = count(received, OLD);
  const newBytes = count(received, NEW);
  const completion = each.completes ? zeroCopyCompletion(sending.fd, PATIENCE_MS) : null;
  return {
    sentBytes,
    oldBytes,
    newBytes,
    otherBytes: received.length - oldBytes - newBytes,
    overwrittenBytes,
    ...(completion && { kernelSaysCopied: completion.copied }),
    calls: { ...mover.calls },
  };
}

/** Both ends of one connection, in this process: nobody reads before the test says so. */
function connectedPair(link: Link, congestion: string): { sender: Descriptor; receiver: Descriptor } {
  const { socket, address } = listen(addressFor(link));
  using listener = socket;
  const sender = connect(address, (fd) => prepare(fd, link, congestion));
  const receiver = accept(listener.fd);
  setTimeouts(receiver.fd, PATIENCE_MS);
  return { sender, receiver };
}
