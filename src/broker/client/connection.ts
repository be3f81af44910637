/** A client's end of one connection, which waits for what it asked: for processes that do nothing else meanwhile. */
import {
  connect,
  type Descriptor,
  EINTR,
  Mapping,
  MSG_TRUNC,
  MSG_WAITALL,
  recv,
  recvBytes,
  SyscallError,
  sendBytes,
  setCongestionControl,
  setOption,
  setTimeouts,
} from '#libc';

/** How long a broker may be silent, milliseconds. */
const PATIENCE_MS = 60_000;
/** Bytes that are thrown away by one call at most. */
const DISCARD_BYTES = 2 ** 24;
/** Bytes that are copied by one call at most. */
const COPY_BYTES = 2 ** 20;

export interface Destination {
  readonly host?: string;
  readonly port: number;
  /** Congestion control of this end; without it the machine's. */
  readonly congestion?: string;
  /** What comes is copied to memory of this process and forgotten, as a client must that looks at it. */
  readonly copies?: boolean;
}

/** A connection to a broker, plain or encrypted; only a plain one answers at once. */
export interface Conversation extends Disposable {
  /** Calls, or events, that brought something of the records: more than one for a response that came in pieces. */
  readonly receives: number;
  send(bytes: Buffer): void;
  /** Waits until `into` is full. */
  receive(into: Buffer): void | Promise<void>;
  /** Waits for so many bytes and throws them away. */
  discard(bytes: number): void | Promise<void>;
}

export class Connection implements Conversation {
  readonly #socket: Descriptor;
  readonly #copied: Mapping | null;
  receives = 0;

  /** @throws {SyscallError} ECONNREFUSED … */
  constructor({ host = '127.0.0.1', port, congestion, copies = false }: Destination) {
    this.#copied = copies ? Mapping.anonymous(COPY_BYTES) : null;
    this.#socket = connect({ family: 'inet', host, port }, (fd) => {
      setOption(fd, 'TCP_NODELAY', 1);
      if (congestion !== undefined) setCongestionControl(fd, congestion);
    });
    setTimeouts(this.#socket.fd, PATIENCE_MS);
  }

  send(bytes: Buffer): void {
    for (let sent = 0; sent < bytes.length; ) {
      const result = sendBytes(this.#socket.fd, sent === 0 ? bytes : bytes.subarray(sent));
      if (result === -EINTR) continue;
      if (result < 0) throw new SyscallError('send', -result, 'to the broker');
      sent += result;
    }
  }

  receive(into: Buffer): void {
    for (let got = 0; got < into.length; ) {
      got += this.#got(recvBytes(this.#socket.fd, got === 0 ? into : into.subarray(got), MSG_WAITALL));
    }
  }

  /** The kernel throws them away, unless they are to be copied: tcp(7), MSG_TRUNC. Woken as often as something comes. */
  discard(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      const result = this.#copied
        ? recv(this.#socket.fd, this.#copied.address, Math.min(left, COPY_BYTES))
        : recv(this.#socket.fd, 0, Math.min(left, DISCARD_BYTES), MSG_TRUNC);
      left -= this.#got(result);
      this.receives++;
    }
  }

  [Symbol.dispose](): void {
    this.#socket[Symbol.dispose]();
    this.#copied?.[Symbol.dispose]();
  }

  #got(result: number): number {
    if (result === -EINTR) return 0;
    if (result < 0) throw new SyscallError('recv', -result, 'from the broker');
    if (result === 0) throw new Error('Cannot go on: the broker ended the connection');
    return result;
  }
}
