import {
  type Descriptor,
  decryptReceiving,
  EAGAIN,
  ECONNRESET,
  EIO,
  encryptSending,
  type Happened,
  type TlsContext,
  type TlsHandshake,
  type TrafficSecrets,
  type Waiting,
} from '#libc';
import { kernelSecret } from '#machine/traffic-keys.ts';
import type { FetchPath } from '../fetch/index.ts';
import { type Channel, type OpenChannel, socketChannel } from './channel.ts';

const READABLE = { readable: true };
const WRITABLE = { writable: true };

/**
 * A connection whose handshake this program makes, and whose records the kernel makes and opens from then on: a socket like
 * any other afterwards, so that a slice of a log goes out by the listener's path, sendfile. It ends without the word of
 * TLS that says so (close_notify), which takes a call of its own; a frame of Kafka says how long it is.
 */
export function kernelTlsChannel(socket: Descriptor, path: FetchPath, context: TlsContext): OpenChannel {
  return (happened) => new KernelTlsChannel(socket, path, context, happened);
}

class KernelTlsChannel implements Channel {
  readonly host: string;
  readonly port: number;
  readonly #socket: Descriptor;
  readonly #plain: Channel;
  readonly #happened: (what: Happened) => void;
  #handshake: TlsHandshake | null;
  #failed = false;
  #waiting: Waiting | null = null;

  constructor(socket: Descriptor, path: FetchPath, context: TlsContext, happened: (what: Happened) => void) {
    this.#socket = socket;
    this.#happened = happened;
    this.#plain = socketChannel(socket, path)((what) => (this.#handshake ? this.#agree(what) : happened(what)));
    this.host = this.#plain.host;
    this.port = this.#plain.port;
    this.#handshake = context.start(socket.fd);
    this.#plain.until(READABLE);
  }

  receive(into: Uint8Array): number {
    if (this.#failed) return -ECONNRESET;
    if (this.#handshake) return -EAGAIN;
    const got = this.#plain.receive(into);
    // A record that is no data: the client says that it ends, or wants new keys, which it is not given.
    return got === -EIO ? 0 : got;
  }

  write(bytes: Buffer, more: boolean) {
    return this.#plain.write(bytes, more);
  }

  openSender() {
    return this.#plain.openSender();
  }

  until(waiting: Waiting | null): void {
    this.#waiting = waiting;
    if (!this.#handshake) this.#plain.until(waiting);
  }

  [Symbol.dispose](): void {
    this.#handshake?.[Symbol.dispose]();
    this.#handshake = null;
    this.#plain[Symbol.dispose]();
  }

  /** Goes on with the handshake. A client that does not manage to agree on a key is its own problem. */
  #agree(what: Happened): void {
    try {
      const got = what.status === 0 ? this.#handshake?.step() : undefined;
      if (got === 'readable' || got === 'writable') {
        this.#plain.until(got === 'readable' ? READABLE : WRITABLE);
        return;
      }
      if (got === undefined) this.#failed = true;
      else this.#handOver(got);
    } catch {
      this.#failed = true;
    }
    this.#handshake?.[Symbol.dispose]();
    this.#handshake = null;
    if (this.#failed) this.#happened({ ...what, readable: true });
    else this.#plain.until(this.#waiting);
  }

  #handOver({ client, server }: TrafficSecrets): void {
    encryptSending(this.#socket.fd, { version: '1.3', secret: kernelSecret(server) });
    decryptReceiving(this.#socket.fd, { version: '1.3', secret: kernelSecret(client) });
  }
}
