import type { TLSSocket } from 'node:tls';
import { EAGAIN, ECONNRESET, type Happened, type Waiting } from '#libc';
import { throughTls } from '../fetch/tls.ts';
import type { Channel } from './channel.ts';

/** How long a client may take what it is owed when the connection ends, milliseconds. */
const FAREWELL_MS = 5000;
const nothing = { status: 0, readable: false, writable: false, disconnect: false };

/** A connection that Node encrypts. Its events are turned into what a watched socket would say. */
export class TlsChannel implements Channel {
  readonly host: string;
  readonly port: number;
  readonly #socket: TLSSocket;
  readonly #happened: (what: Happened) => void;
  #waiting: Waiting | null = null;

  constructor(socket: TLSSocket, happened: (what: Happened) => void) {
    this.host = socket.localAddress ?? '127.0.0.1';
    this.port = socket.localPort ?? 0;
    this.#socket = socket;
    this.#happened = happened;
    socket.on('readable', () => this.#tell());
    socket.on('drain', () => this.#tell());
    socket.on('end', () => this.#tell());
    socket.on('close', () => this.#tell());
    // What an error means for the connection is said by `close`, which follows.
    socket.on('error', () => {});
  }

  receive(into: Uint8Array): number {
    const { readableLength, readableEnded, destroyed } = this.#socket;
    const bytes: Buffer | null = this.#socket.read(Math.min(into.length, readableLength));
    if (bytes) into.set(bytes);
    if (bytes && bytes.length > 0) return bytes.length;
    if (readableEnded) return 0;
    return destroyed ? -ECONNRESET : -EAGAIN;
  }

  write(bytes: Buffer): number | 'again' | 'gone' {
    if (this.#socket.destroyed || !this.#socket.writable) return 'gone';
    if (this.#socket.writableNeedDrain) return 'again';
    this.#socket.write(bytes);
    return bytes.length;
  }

  openSender() {
    return throughTls((bytes) => this.write(bytes));
  }

  until(waiting: Waiting | null): void {
    this.#waiting = waiting;
    // Level-triggered: what is so already is said in the next turn.
    if (waiting) setImmediate(() => this.#tell());
  }

  [Symbol.dispose](): void {
    this.#waiting = null;
    this.#socket.setTimeout(FAREWELL_MS, () => this.#socket.destroy());
    this.#socket.destroySoon();
  }

  #tell(): void {
    const { readableLength, readableEnded, destroyed, writableNeedDrain } = this.#socket;
    const over = readableEnded || destroyed;
    const what = {
      ...nothing,
      readable: Boolean(this.#waiting?.readable) && (readableLength > 0 || over),
      writable: Boolean(this.#waiting?.writable) && (!writableNeedDrain || destroyed),
      disconnect: Boolean(this.#waiting?.disconnect) && over,
    };
    if (what.readable || what.writable || what.disconnect) this.#happened(what);
  }
}
