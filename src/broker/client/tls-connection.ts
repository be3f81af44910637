import { connect, type TLSSocket } from 'node:tls';
import type { Conversation, Destination } from './connection.ts';

/** An encrypted connection, by Node. What comes is decrypted in this process, which is the client's work and not the broker's. */
export class TlsConnection implements Conversation {
  readonly #socket: TLSSocket;
  readonly #chunks: Buffer[] = [];
  #wake: () => void = () => {};
  #ended: Error | null = null;
  receives = 0;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#wake();
    });
    const end = (why: Error) => {
      this.#ended ??= why;
      this.#wake();
    };
    socket.on('error', end);
    socket.on('close', () => end(new Error('Cannot go on: the broker ended the connection')));
  }

  /** Connects to a broker whose certificate was made for this run, and signed by nobody. */
  static async open({ host = '127.0.0.1', port }: Destination): Promise<TlsConnection> {
    const socket = connect({ host, port, rejectUnauthorized: false });
    await new Promise<void>((done, failed) => {
      socket.once('secureConnect', done).once('error', failed);
    });
    socket.setNoDelay(true);
    return new TlsConnection(socket);
  }

  send(bytes: Buffer): void {
    // The caller writes into it again when the answer has come.
    this.#socket.write(Buffer.from(bytes));
  }

  async receive(into: Buffer): Promise<void> {
    for (let got = 0; got < into.length; ) {
      const chunk = await this.#take(into.length - got);
      into.set(chunk, got);
      got += chunk.length;
    }
  }

  async discard(bytes: number): Promise<void> {
    for (let left = bytes; left > 0; ) {
      left -= (await this.#take(left)).length;
      this.receives++;
    }
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  /** At most so many of the bytes that have come; waits for the first. */
  async #take(most: number): Promise<Buffer> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        if (chunk.length > most) this.#chunks.unshift(chunk.subarray(most));
        return chunk.subarray(0, most);
      }
      if (this.#ended) throw this.#ended;
      await new Promise<void>((done) => {
        this.#wake = done;
      });
    }
  }
}
