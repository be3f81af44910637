/** Stream sockets on this machine: TCP over 127.0.0.1 and AF_UNIX, blocking or not. ip(7), tcp(7), unix(7). */
import { type Address, AF_INET, AF_UNIX, encodeAddress, portOf } from './address.ts';
import { Descriptor } from './descriptor.ts';
import { check, EAGAIN, ECONNABORTED, EINTR, moved, SyscallError } from './errno.ts';
import { setNonBlocking } from './file.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

type Transfer = (fd: number, address: number, count: number, flags: number) => number;
type BytesTransfer = (fd: number, bytes: Uint8Array, count: number, flags: number) => number;
type WithAddress = (fd: number, address: number, length: number) => number;

const c = {
  socket: bind<(family: number, type: number, protocol: number) => number>('socket', 'int', ['int', 'int', 'int']),
  socketpair: bind<(family: number, type: number, protocol: number, fds: number) => number>('socketpair', 'int', [
    'int',
    'int',
    'int',
    'pointer',
  ]),
  bind: bind<WithAddress>('bind', 'int', ['int', 'pointer', 'uint']),
  listen: bind<(fd: number, backlog: number) => number>('listen', 'int', ['int', 'int']),
  accept4: bind<(fd: number, address: number, length: number, flags: number) => number>('accept4', 'int', [
    'int',
    'pointer',
    'pointer',
    'int',
  ]),
  connect: bind<WithAddress>('connect', 'int', ['int', 'pointer', 'uint']),
  getsockname: bind<WithAddress>('getsockname', 'int', ['int', 'pointer', 'pointer']),
  shutdown: bind<(fd: number, how: number) => number>('shutdown', 'int', ['int', 'int']),
  send: bind<Transfer>('send', 'ssize', ['int', 'pointer', 'size_t', 'int']),
  recv: bind<Transfer>('recv', 'ssize', ['int', 'pointer', 'size_t', 'int']),
  sendBytes: bind<BytesTransfer>('send', 'ssize', ['int', 'bytes', 'size_t', 'int']),
  recvBytes: bind<BytesTransfer>('recv', 'ssize', ['int', 'bytes', 'size_t', 'int']),
};

const SOCK_STREAM = 1;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SHUT_WR = 1;

/** Flags of send(2) and recv(2). */
export const MSG_DONTWAIT = 0x40;
export const MSG_MORE = 0x8000;
export const MSG_ZEROCOPY = 0x4000000;
export const MSG_ERRQUEUE = 0x2000;
/** On TCP: discard the bytes in the kernel, without copying them to anybody; tcp(7). AF_UNIX copies all the same. */
export const MSG_TRUNC = 0x20;
export const MSG_WAITALL = 0x100;

/** A listening socket and where it listens. `port: 0` lets the kernel choose. */
export function listen(address: Address): { socket: Descriptor; address: Address } {
  const socket = new Descriptor(check('socket', c.socket(family(address), SOCK_STREAM | SOCK_CLOEXEC, 0)));
  withBytes(encodeAddress(address), (at, length) =>
    check('bind', c.bind(socket.fd, at, length), JSON.stringify(address)),
  );
  check('listen', c.listen(socket.fd, 128));
  if (address.family === 'unix') return { socket, address };
  return { socket, address: { ...address, port: localAddress(socket.fd).port } };
}

/** The end of an AF_INET socket that is here: getsockname(2). @throws {SyscallError} */
export function localAddress(fd: number): { host: string; port: number } {
  using memory = Mapping.anonymous(32);
  const view = memory.view();
  view.writeUInt32LE(16, 16);
  check('getsockname', c.getsockname(fd, memory.address, memory.address + 16));
  return { host: view.subarray(4, 8).join('.'), port: portOf(view) };
}

/** Connects a new blocking socket, set up by `prepare` before it connects, so that its options hold from the start. */
export function connect(address: Address, prepare: (fd: number) => void = () => {}): Descriptor {
  const socket = new Descriptor(check('socket', c.socket(family(address), SOCK_STREAM | SOCK_CLOEXEC, 0)));
  try {
    prepare(socket.fd);
    withBytes(encodeAddress(address), (at, length) =>
      check('connect', c.connect(socket.fd, at, length), `to ${JSON.stringify(address)}`),
    );
    return socket;
  } catch (error) {
    socket[Symbol.dispose]();
    throw error;
  }
}

/** Takes the next connection. @throws {SyscallError} EAGAIN when SO_RCVTIMEO of the listener passed first */
export function accept(listener: number): Descriptor {
  for (;;) {
    const result = moved(c.accept4(listener, 0, 0, SOCK_CLOEXEC));
    if (result >= 0) return new Descriptor(result);
    if (result !== -EINTR) throw new SyscallError('accept4', -result);
  }
}

/**
 * Takes the next connection of a non-blocking listener as a non-blocking socket.
 * @returns null when there is none @throws {SyscallError} EMFILE and its like: the connection stays in the queue
 */
export function acceptNow(listener: number): Descriptor | null {
  for (;;) {
    const result = moved(c.accept4(listener, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (result >= 0) return new Descriptor(result);
    if (result === -EAGAIN) return null;
    // ECONNABORTED: that one has gone again; accept(2).
    if (result !== -EINTR && result !== -ECONNABORTED) throw new SyscallError('accept4', -result);
  }
}

/** A connected AF_UNIX pair: socketpair(2). */
export function socketPair(): [Descriptor, Descriptor] {
  using fds = Mapping.anonymous(8);
  check('socketpair', c.socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.address));
  return [new Descriptor(fds.view().readInt32LE(0)), new Descriptor(fds.view().readInt32LE(4))];
}

/** send(2) from `address`. @returns bytes, or a negative errno */
export function send(fd: number, address: number, count: number, flags = 0): number {
  return moved(c.send(fd, address, count, flags));
}

/** recv(2) into `address`. @returns bytes, 0 when the peer has finished, or a negative errno */
export function recv(fd: number, address: number, count: number, flags = 0): number {
  return moved(c.recv(fd, address, count, flags));
}

/** send(2) of a JavaScript array, without a copy of it. @returns bytes, or a negative errno */
export function sendBytes(fd: number, bytes: Uint8Array, flags = 0): number {
  return moved(c.sendBytes(fd, bytes, bytes.length, flags));
}

/** recv(2) into a JavaScript array. @returns bytes, 0 when the peer has finished, or a negative errno */
export function recvBytes(fd: number, bytes: Uint8Array, flags = 0): number {
  return moved(c.recvBytes(fd, bytes, bytes.length, flags));
}

/** Says that nothing more will be sent: shutdown(2), SHUT_WR. */
export function finishSending(fd: number): void {
  check('shutdown', c.shutdown(fd, SHUT_WR));
}

/**
 * Reads everything that has arrived or will arrive before the peer has finished.
 * @param limit bytes at most
 */
export function receiveAll(fd: number, limit: number): Buffer {
  using memory = Mapping.anonymous(Math.max(1, limit));
  setNonBlocking(fd, false);
  let got = 0;
  while (got < limit) {
    const result = recv(fd, memory.address + got, limit - got);
    if (result === -EINTR) continue;
    if (result === 0 || result === -EAGAIN) break;
    if (result < 0) throw new SyscallError('recv', -result);
    got += result;
  }
  return Buffer.from(memory.view().subarray(0, got));
}

function family(address: Address): number {
  return address.family === 'inet' ? AF_INET : AF_UNIX;
}

function withBytes(bytes: Buffer, use: (address: number, length: number) => void): void {
  using memory = Mapping.anonymous(bytes.length);
  memory.view().set(bytes);
  use(memory.address, bytes.length);
}
