/** Sends from the program's own memory over loopback TCP, a file not being involved: one task a way of sending. */
import { createHash } from 'node:crypto';
import {
  accept,
  connect,
  EINVAL,
  EOPNOTSUPP,
  ErrorQueue,
  listen,
  Mapping,
  MSG_TRUNC,
  MSG_WAITALL,
  MSG_ZEROCOPY,
  Ring,
  type RingSend,
  recv,
  SyscallError,
  send,
  setOption,
} from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { addressFor, prepare } from '#machine/links.ts';
import { randomFrom } from './random.ts';
import type { PreparedTask, Task, Work } from './task.ts';

/** One way of sending: the same bytes again and again from one buffer. */
interface Way extends Disposable {
  /** Sends the whole buffer. @throws {SyscallError} */
  send(): void;
  /**
   * Called when the receiver has taken everything: waits until the kernel is done with the buffer.
   * @returns whether it says that it had copied; null when it says nothing
   */
  finish(): boolean | null;
}

/** Opens a way for a connected socket and a buffer. */
export type OpenWay = (socket: number, buffer: Mapping) => Way;

const PATIENCE_MS = 5000;

/** send(2): the kernel copies the buffer, which is free at once. */
export const plainSend: OpenWay = (socket, buffer) => ({
  send: () => checkSent('send', send(socket, buffer.address, buffer.length), buffer),
  finish: () => null,
  [Symbol.dispose]() {},
});

/** send(2) with MSG_ZEROCOPY: the buffer is free when its completion has come. */
export const zeroCopySend: OpenWay = (socket, buffer) => {
  setOption(socket, 'SO_ZEROCOPY', 1);
  const queue = new ErrorQueue(socket);
  return {
    send: () => checkSent('send', send(socket, buffer.address, buffer.length, MSG_ZEROCOPY), buffer),
    finish() {
      const completion = queue.next(PATIENCE_MS);
      if (!completion) throw new Error(`Cannot finish a send with MSG_ZEROCOPY: no completion in ${PATIENCE_MS} ms`);
      return completion.copied;
    },
    [Symbol.dispose]: () => queue[Symbol.dispose](),
  };
};

/** A send through a ring of io_uring. With zero copy, a notification says when the buffer is free. */
export const ringSend =
  (how: RingSend): OpenWay =>
  (socket, buffer) => {
    const ring = new Ring(8);
    if (how.registered) ring.register(buffer);
    let notification = false;
    return {
      send() {
        const { result, more } = ring.send(socket, buffer.address, buffer.length, how);
        if (how.zeroCopy && (result === -EINVAL || result === -EOPNOTSUPP)) throw noZeroCopy(-result);
        notification = more;
        checkSent('io_uring send', result, buffer);
      },
      finish() {
        if (!notification) return null;
        const { notifies, copied } = ring.next();
        if (!notifies) throw new Error('Cannot finish a send by io_uring: a completion came that is no notification');
        return copied;
      },
      [Symbol.dispose]: () => ring[Symbol.dispose](),
    };
  };

/**
 * The task of one way: sends `bytes` (a factor) from memory as often as makes the payload, to a receiver in the same
 * process that discards it, so that the CPU time is that of both ends.
 * @param payload bytes of a sample
 */
export function memorySends(open: OpenWay, payload: number): Task {
  return ({ factors, seed, bytes: asked }) => {
    using opening = new DisposableStack();
    const buffer = opening.use(filled(Number(factors.bytes), seed));
    const { sender, receiver } = connected(opening);
    const way = opening.use(open(sender, buffer));
    const sends = Math.max(1, Math.round((asked ?? payload) / buffer.length));
    const check = once(way, receiver, buffer);
    const stack = opening.move();
    return {
      run: () => repeat(way, receiver, buffer, sends, check),
      [Symbol.dispose]: () => stack.dispose(),
    } satisfies PreparedTask;
  };
}

function repeat(way: Way, receiver: number, buffer: Mapping, sends: number, check: string): Work {
  let notified = 0;
  let copied = 0;
  for (let done = 0; done < sends; done++) {
    way.send();
    take(receiver, buffer, MSG_TRUNC | MSG_WAITALL);
    const said = way.finish();
    if (said !== null) notified++;
    if (said) copied++;
  }
  return { bytes: sends * buffer.length, check, extra: { operations: sends, notified, copied } };
}

/** One send whose bytes are really read. @returns their hash */
function once(way: Way, receiver: number, buffer: Mapping): string {
  using into = Mapping.anonymous(buffer.length);
  way.send();
  take(receiver, into, MSG_WAITALL);
  way.finish();
  return createHash('sha256').update(into.view()).digest('hex');
}

/** Reads a buffer's worth. */
function take(socket: number, into: Mapping, flags: number): void {
  for (let got = 0; got < into.length; ) {
    const result = recv(socket, into.address + got, into.length - got, flags);
    if (result <= 0) throw new SyscallError('recv', -result);
    got += result;
  }
}

function filled(bytes: number, seed: number): Mapping {
  const buffer = Mapping.anonymous(bytes);
  const random = randomFrom(seed);
  const view = buffer.view();
  for (let at = 0; at < bytes; at++) view[at] = random() * 256;
  return buffer;
}

/** Both ends of a connection, closed with the stack. */
function connected(stack: DisposableStack): { sender: number; receiver: number } {
  const { socket, address } = listen(addressFor('tcp'));
  using listener = socket;
  const sender = stack.use(connect(address, (fd) => prepare(fd, 'tcp', 'reno')));
  const receiver = stack.use(accept(listener.fd));
  return { sender: sender.fd, receiver: receiver.fd };
}

function checkSent(call: string, result: number, { length }: Mapping): void {
  if (result < 0) throw new SyscallError(call, -result);
  if (result < length) throw new Error(`Cannot ${call} ${length} bytes at once: ${result} were taken`);
}

function noZeroCopy(number: number): CannotRunHere {
  const cause = new SyscallError('IORING_OP_SEND_ZC', number);
  return new CannotRunHere('no-kernel-feature', { call: cause.call, errno: cause.code, since: '6.2' }, { cause });
}
