/** The receiver of a learner's bytes: takes one connection and compares every byte with what it should be. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Content } from './content.ts';

/** How the receiver behaves. */
export interface Reading {
  /** Pauses after each piece, ms. */
  readonly pauseMs?: number;
  /** Leaves when it has so many bytes. */
  readonly leaveAfter?: number;
  /** Reads nothing before open() is called. */
  readonly held?: boolean;
}

export interface Received {
  readonly bytes: number;
  /** Offset in the stream of the first wrong byte; null when all are right. */
  readonly difference: number | null;
  /** Bytes that are what the file was overwritten with. */
  readonly matchingOther: number;
  /** The sender's port, by which its socket is known in a trace. */
  readonly senderPort: number;
}

/** What should arrive: so many bytes of a content from an offset on. */
export interface Expected {
  readonly content: Content;
  readonly offset: number;
  readonly count: number;
}

/** Bytes in a piece that a slow receiver takes. */
const SLOW_PIECE_BYTES = 16_384;

/** The kernel has made the connection already when the program goes on: our loop needs a turn to hear of it. */
const CONNECTION_MS = 1000;

export class Peer implements Disposable {
  readonly port: number;
  /** CLOCK of performance.now() when a byte came last, or the connection did; null before. */
  lastHeardMs: number | null = null;
  bytes = 0;
  readonly #server: Server;
  readonly #expected: Expected;
  readonly #reading: Reading;
  readonly #overwritten: Buffer | null;
  #difference: number | null = null;
  #matchingOther = 0;
  #senderPort = 0;
  #socket: Socket | null = null;
  readonly #begun = Promise.withResolvers<true>();
  readonly #over = Promise.withResolvers<void>();

  private constructor(server: Server, expected: Expected, reading: Reading, overwritten: Buffer | null) {
    this.#server = server;
    this.#expected = expected;
    this.#reading = reading;
    this.#overwritten = overwritten;
    this.port = (server.address() as AddressInfo).port;
    server.once('connection', (socket) => this.#take(socket));
  }

  /** @param overwritten what the file will hold later, to count the bytes that arrive from there */
  static async listen(expected: Expected, reading: Reading = {}, overwritten: Buffer | null = null): Promise<Peer> {
    const server = createServer({ pauseOnConnect: true, highWaterMark: reading.pauseMs ? SLOW_PIECE_BYTES : 2 ** 20 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Peer(server, expected, reading, overwritten);
  }

  /** Whether everything has come. */
  get complete(): boolean {
    return this.bytes >= this.#expected.count;
  }

  /** Lets a held receiver read. */
  open(): void {
    this.#socket?.resume();
  }

  /** Whether anybody connected. The program may have ended before we were told of its connection: that is waited for. */
  async connected(): Promise<boolean> {
    return await Promise.race([this.#begun.promise, wait(CONNECTION_MS, false, { ref: false })]);
  }

  /** Waits until the connection has ended, and says what came. The sender must be gone, or going. */
  async received(): Promise<Received> {
    if (this.#socket) await this.#over.promise;
    const { bytes } = this;
    return { bytes, difference: this.#difference, matchingOther: this.#matchingOther, senderPort: this.#senderPort };
  }

  [Symbol.dispose](): void {
    this.#socket?.destroy();
    this.#server.close();
  }

  #take(socket: Socket): void {
    this.#socket = socket;
    this.#senderPort = socket.remotePort ?? 0;
    this.lastHeardMs = performance.now();
    this.#begun.resolve(true);
    // ECONNRESET: the sender was killed with bytes of ours unread, or we left. The end comes with 'close'.
    socket.on('error', () => {});
    socket.on('close', () => this.#over.resolve());
    socket.on('data', (chunk: Buffer) => this.#hear(socket, chunk));
    if (!this.#reading.held) socket.resume();
    else socket.pause();
  }

  #hear(socket: Socket, chunk: Buffer): void {
    const { content, offset, count } = this.#expected;
    const due = chunk.subarray(0, Math.max(0, count - this.bytes));
    if (due.length > 0) {
      const wrong = content.difference(offset + this.bytes, due);
      if (wrong !== null) this.#difference ??= wrong - offset;
      const other = this.#overwritten?.subarray(this.bytes, this.bytes + due.length);
      other?.forEach((byte, at) => {
        if (byte === due[at]) this.#matchingOther++;
      });
    }
    this.bytes += chunk.length;
    this.lastHeardMs = performance.now();
    if (this.bytes >= (this.#reading.leaveAfter ?? Number.POSITIVE_INFINITY)) socket.destroy();
    else if (this.#reading.pauseMs) {
      socket.pause();
      setTimeout(() => socket.resume(), this.#reading.pauseMs);
    }
  }
}
