/** A connection to a broker that waits for each answer: one request is outstanding at any time. */
import {
  connect,
  type Descriptor,
  EINTR,
  Mapping,
  MSG_TRUNC,
  recv,
  recvBytes,
  SyscallError,
  sendBytes,
  setOption,
  setTimeouts,
} from '#libc';

/** Every request and response begins with the size of what follows. Bytes. */
export const SIZE_BYTES = 4;
/** How long a broker may take to answer, milliseconds. */
const DEADLINE_MS = 60_000;
/** More than any response has: what says so is no broker. `HTTP` and the alert of TLS read as a size are more. Bytes. */
const MOST_BYTES = 128 * 2 ** 20;
/** Most that is discarded by one call. */
const DISCARD_BYTES = 2 ** 20;

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** What the labs ask of a connection, with and without encryption. */
export interface Connection extends Disposable {
  /** Sends a request and gives the response, without its size. */
  ask(frame: Buffer): Promise<Buffer>;
  /** What goes over the wire for a request. It can be sent once, and those made before it go first. */
  seal(frame: Buffer): Promise<Buffer>;
  /** Nothing is looked at any more from now on: only `discard` may follow. */
  startDiscarding(): void;
  /** Sends a sealed request and throws its response away inside the kernel. @param responseBytes with its size */
  discard(sealed: Buffer, responseBytes: number): void;
}

/** The socket of a connection, blocking. */
export class Wire implements Disposable {
  readonly fd: number;
  readonly #socket: Descriptor;
  /** MSG_TRUNC copies nothing here, but recv(2) takes an address. */
  readonly #nowhere = Mapping.anonymous(DISCARD_BYTES);

  constructor({ host, port }: Place) {
    this.#socket = connect({ family: 'inet', host, port }, (fd) => setOption(fd, 'TCP_NODELAY', 1));
    this.fd = this.#socket.fd;
    setTimeouts(this.fd, DEADLINE_MS);
  }

  send(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      const sent = sendBytes(this.fd, done === 0 ? bytes : bytes.subarray(done));
      if (sent === -EINTR) continue;
      if (sent < 0) throw new SyscallError('send', -sent, 'to the broker');
      done += sent;
    }
  }

  /** Fills the buffer. */
  receive(into: Buffer): void {
    for (let got = 0; got < into.length; ) {
      const more = this.#arrived(recvBytes(this.fd, got === 0 ? into : into.subarray(got)));
      got += more;
    }
  }

  /** Lets the kernel throw bytes away: MSG_TRUNC on TCP, tcp(7). */
  discard(count: number): void {
    for (let left = count; left > 0; ) {
      left -= this.#arrived(recv(this.fd, this.#nowhere.address, Math.min(left, DISCARD_BYTES), MSG_TRUNC));
    }
  }

  #arrived(result: number): number {
    if (result === -EINTR) return 0;
    if (result < 0) throw new SyscallError('recv', -result, 'from the broker');
    if (result === 0) throw new Error('Cannot read the response: the broker closed the connection');
    return result;
  }

  [Symbol.dispose](): void {
    this.#socket[Symbol.dispose]();
    this.#nowhere[Symbol.dispose]();
  }
}

/** Without encryption: what is sealed is the frame itself. */
export class PlainConnection implements Connection {
  readonly #wire: Wire;
  readonly #size = Buffer.alloc(SIZE_BYTES);

  constructor(place: Place) {
    this.#wire = new Wire(place);
  }

  async ask(frame: Buffer): Promise<Buffer> {
    this.#wire.send(frame);
    this.#wire.receive(this.#size);
    const bytes = this.#size.readUInt32BE();
    if (bytes > MOST_BYTES)
      throw new Error(`Cannot read the response: expected ${MOST_BYTES} bytes at most, it says ${bytes}`);
    const response = Buffer.allocUnsafe(bytes);
    this.#wire.receive(response);
    return response;
  }

  async seal(frame: Buffer): Promise<Buffer> {
    return frame;
  }

  startDiscarding(): void {}

  discard(sealed: Buffer, responseBytes: number): void {
    this.#wire.send(sealed);
    this.#wire.receive(this.#size);
    checkSize(SIZE_BYTES + this.#size.readInt32BE(), responseBytes);
    this.#wire.discard(responseBytes - SIZE_BYTES);
  }

  [Symbol.dispose](): void {
    this.#wire[Symbol.dispose]();
  }
}

/** @throws {Error} when a response is not as large as the same one was when it was looked at */
export function checkSize(found: number, expected: number): void {
  if (found !== expected) throw new Error(`Cannot trust a response: ${expected} bytes expected, ${found} came`);
}
