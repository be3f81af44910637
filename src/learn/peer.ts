/** The receiver of a learner's bytes: takes one connection and compares every byte with what it should be. */
import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { acceptNow, type Descriptor, listen, localAddress, setNonBlocking } from '#libc';
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

/**
 * Every receiver reads into it, and is done with it when the next one reads. A server of Node's makes a new buffer for each
 * piece instead, which made 3 GiB take four times as long.
 */
const buffer = Buffer.alloc(2 ** 18);
/** Bytes in a piece that a slow receiver takes. */
const SLOW_PIECE_BYTES = 16_384;

/** How often it is looked whether somebody has connected. */
const LOOK_MS = 5;
/** The kernel has made the connection already when the program goes on. */
const CONNECTION_MS = 1000;

export class Peer implements Disposable {
  readonly port: number;
  /** CLOCK of performance.now() when a byte came last, or the connection did; null before. */
  lastHeardMs: number | null = null;
  bytes = 0;
  readonly #listener: Descriptor;
  readonly #looking: NodeJS.Timeout;
  readonly #expected: Expected;
  readonly #reading: Reading;
  readonly #overwritten: Buffer | null;
  #difference: number | null = null;
  #matchingOther = 0;
  #senderPort = 0;
  #socket: Socket | null = null;
  readonly #begun = Promise.withResolvers<true>();
  readonly #over = Promise.withResolvers<void>();

  /** @param overwritten what the file will hold later, to count the bytes that arrive from there */
  constructor(expected: Expected, reading: Reading = {}, overwritten: Buffer | null = null) {
    this.#expected = expected;
    this.#reading = reading;
    this.#overwritten = overwritten;
    const { socket } = listen({ family: 'inet', port: 0 });
    setNonBlocking(socket.fd, true);
    this.#listener = socket;
    this.port = localAddress(socket.fd).port;
    this.#looking = setInterval(() => this.#accept(), LOOK_MS);
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
    if (!this.#socket) this.#accept();
    return await Promise.race([this.#begun.promise, wait(CONNECTION_MS, false, { ref: false })]);
  }

  /** Waits until the connection has ended, and says what came. The sender must be gone, or going. */
  async received(): Promise<Received> {
    if (this.#socket) await this.#over.promise;
    const { bytes } = this;
    return { bytes, difference: this.#difference, matchingOther: this.#matchingOther, senderPort: this.#senderPort };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking);
    this.#socket?.destroy();
    this.#listener[Symbol.dispose]();
  }

  #accept(): void {
    const accepted = acceptNow(this.#listener.fd);
    if (!accepted) return;
    clearInterval(this.#looking);
    const into = this.#reading.pauseMs ? buffer.subarray(0, SLOW_PIECE_BYTES) : buffer;
    const onread = { buffer: into, callback: (got: number) => this.#hear(into.subarray(0, got)) };
    // It closes the descriptor, and begins to read when this turn of the loop is over.
    this.#take(new Socket({ fd: accepted.fd, readable: true, writable: true, onread }));
  }

  #take(socket: Socket): void {
    this.#socket = socket;
    this.#senderPort = socket.remotePort ?? 0;
    this.lastHeardMs = performance.now();
    this.#begun.resolve(true);
    // ECONNRESET: the sender was killed with bytes of ours unread, or we left. The end comes with 'close'.
    socket.on('error', () => {});
    socket.on('close', () => this.#over.resolve());
    if (this.#reading.held) socket.pause();
  }

  /** @returns whether to go on reading */
  #hear(chunk: Buffer): boolean {
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
    if (this.bytes >= (this.#reading.leaveAfter ?? Number.POSITIVE_INFINITY)) this.#socket?.destroy();
    if (!this.#reading.pauseMs) return true;
    setTimeout(() => this.#socket?.resume(), this.#reading.pauseMs);
    return false;
  }
}
