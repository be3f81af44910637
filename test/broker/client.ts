/** A small Kafka client on the schemas of the broker: what is tested is the broker, byte for byte. */
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { requestFrame, responseBody } from '#broker/client/frames.ts';
import type { ApiName } from '#broker/wire/apis.ts';
import type { RequestOf, ResponseOf } from '#broker/wire/message.ts';

export { requestFrame, responseBody };

export class Client {
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);
  #arrived: () => void = () => {};
  #ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#arrived();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#ended = true;
      this.#arrived();
    });
    socket.on('end', () => {
      this.#ended = true;
      this.#arrived();
    });
  }

  static async connect(port: number, host = '127.0.0.1'): Promise<Client> {
    const socket = connect({ port, host, noDelay: true });
    const client = new Client(socket);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return client;
  }

  /** Through TLS, from a broker whose certificate nobody has signed but itself. */
  static async connectTls(port: number, ca: string): Promise<Client> {
    const socket = connectTls({ port, host: '127.0.0.1', ca, checkServerIdentity: () => undefined });
    const client = new Client(socket);
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    return client;
  }

  /** Sends a request and waits for its response. */
  async ask<N extends ApiName>(name: N, version: number, body: RequestOf<N>): Promise<ResponseOf<N>> {
    this.send(requestFrame(name, version, body));
    return responseBody(name, version, await this.frame());
  }

  send(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  /** The next frame without its length. @throws {Error} when the broker ended the connection first */
  async frame(): Promise<Buffer> {
    for (;;) {
      const size = this.#bytes.length >= 4 ? 4 + this.#bytes.readInt32BE() : Number.POSITIVE_INFINITY;
      if (this.#bytes.length >= size) {
        const frame = this.#bytes.subarray(4, size);
        this.#bytes = this.#bytes.subarray(size);
        return frame;
      }
      if (this.#ended)
        throw new Error(`The broker ended the connection, ${this.#bytes.length} bytes before a whole frame`);
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  /** Waits until the broker has ended the connection. */
  async ended(): Promise<void> {
    while (!this.#ended) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

/** What most fetches of the tests have in common. */
export function fetchRequest(
  topic: string,
  offset: bigint,
  { partition = 0, maxBytes = 2 ** 20, minBytes = 1, maxWaitMs = 0 } = {},
): RequestOf<'fetch'> {
  return {
    replicaId: -1,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [
      {
        name: topic,
        partitions: [
          {
            index: partition,
            currentLeaderEpoch: -1,
            fetchOffset: offset,
            logStartOffset: -1n,
            maxBytes,
          },
        ],
      },
    ],
    forgottenTopics: [],
    rackId: '',
  };
}

export function produceRequest(
  topic: string,
  records: Uint8Array | null,
  { partition = 0, acks = -1 } = {},
): RequestOf<'produce'> {
  return {
    transactionalId: null,
    acks,
    timeoutMs: 1000,
    topics: [{ name: topic, partitions: [{ index: partition, records }] }],
  };
}
