/**
 * A connection with TLS 1.3 whose responses can be thrown away without being decrypted: so the client takes as little from
 * an encrypting broker as from a plain one, and what is compared is the broker.
 *
 * A record on the wire (RFC 8446, section 5.2):
 *
 *      0  type, version   3
 *      3  length          2     of what follows
 *      5  encrypted: the plaintext, its real type (1 byte), padding (as many zeros as the sender likes); then a tag (16)
 *
 * Java pads each record with 16 zeros (class `OutputRecord` of the JDK), OpenSSL with none: so how much a record has beside
 * its plaintext is learned from responses that were decrypted.
 */
import { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { EAGAIN, EINTR, MSG_DONTWAIT, recvBytes, SyscallError } from '#libc';
import { type Connection, checkSize, type Place, SIZE_BYTES, Wire } from './connection.ts';

const HEADER_BYTES = 5;
const LENGTH_AT = 3;
const DEADLINE_MS = 60_000;

export class EncryptedConnection implements Connection {
  readonly #wire: Wire;
  readonly #engine: TLSSocket;
  readonly #below: Duplex;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  readonly #arrived = Buffer.alloc(65_536);
  #failed: Error | null = null;
  /** Encrypted, and not sent yet. */
  #out: Buffer[] = [];
  /** Decrypted, and not taken yet. */
  #plain: Buffer[] = [];
  #plainBytes = 0;
  readonly #records = new RecordCount();
  /** Bytes that a record has beside header and plaintext; null until a response told. */
  #overhead: number | null = null;
  #discarding = false;

  private constructor(place: Place) {
    this.#wire = new Wire(place);
    this.#below = new Duplex({
      read() {},
      write: (bytes: Buffer, _, done) => {
        this.#out.push(bytes);
        done();
      },
    });
    // The broker's certificate was made for this run, and signed by nobody.
    const options = { socket: this.#below, rejectUnauthorized: false, minVersion: 'TLSv1.3' } as const;
    this.#engine = connect(options);
    this.#engine.on('error', (error) => {
      this.#failed = error;
    });
    this.#engine.on('data', (bytes: Buffer) => {
      this.#plain.push(bytes);
      this.#plainBytes += bytes.length;
    });
  }

  static async open(place: Place): Promise<EncryptedConnection> {
    const connection = new EncryptedConnection(place);
    let secure = false;
    connection.#engine.once('secureConnect', () => {
      secure = true;
    });
    await connection.#pump(() => secure);
    return connection;
  }

  async ask(frame: Buffer): Promise<Buffer> {
    this.#records.reset();
    this.#wire.send(await this.seal(frame));
    await this.#pump(() => this.#plainBytes >= SIZE_BYTES);
    const size = SIZE_BYTES + this.#joined().readInt32BE();
    await this.#pump(() => this.#plainBytes >= size);
    const response = this.#joined();
    checkSize(response.length, size);
    this.#overhead = (this.#records.bytes - size) / this.#records.count;
    this.#plain = [];
    this.#plainBytes = 0;
    return response.subarray(SIZE_BYTES);
  }

  async seal(frame: Buffer): Promise<Buffer> {
    await new Promise<void>((done, failed) => this.#engine.write(frame, (error) => (error ? failed(error) : done())));
    const sealed = Buffer.concat(this.#out);
    this.#out = [];
    return sealed;
  }

  startDiscarding(): void {
    this.#discarding = true;
  }

  discard(sealed: Buffer, responseBytes: number): void {
    if (this.#overhead === null) throw new Error('Cannot throw a response away: none was looked at before');
    this.#wire.send(sealed);
    let got = 0;
    while (got < responseBytes) {
      this.#wire.receive(this.#header);
      const length = this.#header.readUInt16BE(LENGTH_AT);
      this.#wire.discard(length);
      got += length - this.#overhead;
    }
    checkSize(got, responseBytes);
  }

  /** Carries bytes between the engine and the wire until something is so. Never waits in the kernel: the engine works in turns. */
  async #pump(until: () => boolean): Promise<void> {
    if (this.#discarding) throw new Error('Cannot decrypt any more: responses were thrown away');
    for (const deadline = Date.now() + DEADLINE_MS; !until(); await turn()) {
      if (this.#failed) throw this.#failed;
      if (Date.now() > deadline)
        throw new Error(`Cannot read the response: the broker was silent for ${DEADLINE_MS / 1000} s`);
      for (const bytes of this.#out.splice(0)) this.#wire.send(bytes);
      const got = recvBytes(this.#wire.fd, this.#arrived, MSG_DONTWAIT);
      if (got === -EAGAIN || got === -EINTR) continue;
      if (got < 0) throw new SyscallError('recv', -got, 'from the broker');
      if (got === 0) throw new Error('Cannot read the response: the broker closed the connection');
      const bytes = Buffer.from(this.#arrived.subarray(0, got));
      this.#records.take(bytes);
      this.#below.push(bytes);
    }
  }

  #joined(): Buffer {
    if (this.#plain.length > 1) this.#plain = [Buffer.concat(this.#plain)];
    return this.#plain[0] ?? Buffer.alloc(0);
  }

  [Symbol.dispose](): void {
    this.#engine.destroy();
    this.#below.destroy();
    this.#wire[Symbol.dispose]();
  }
}

/** Counts the records of a stream and the bytes in them, headers left out. */
export class RecordCount {
  count = 0;
  bytes = 0;
  /** Of the record that is passing. */
  #left = 0;
  /** The beginning of a header that was cut. */
  #cut: Buffer = Buffer.alloc(0);

  take(bytes: Buffer): void {
    const all = this.#cut.length > 0 ? Buffer.concat([this.#cut, bytes]) : bytes;
    this.#cut = Buffer.alloc(0);
    for (let at = 0; at < all.length; ) {
      if (this.#left === 0) {
        if (all.length - at < HEADER_BYTES) {
          this.#cut = all.subarray(at);
          return;
        }
        this.#left = all.readUInt16BE(at + LENGTH_AT);
        this.count += 1;
        this.bytes += this.#left;
        at += HEADER_BYTES;
      }
      const passing = Math.min(this.#left, all.length - at);
      this.#left -= passing;
      at += passing;
    }
  }

  reset(): void {
    this.count = 0;
    this.bytes = 0;
  }
}
