/**
 * TLS by the OpenSSL that Node carries, on a socket of ours and without Node's streams: SSL_CTX_new(3), SSL_accept(3),
 * SSL_read(3), SSL_write(3). What is added to a loop of system calls is then the cipher, and OpenSSL's own buffers.
 */
import { CannotRunHere } from '../cannot-run.ts';
import {
  acceptTls,
  cipherName,
  clearErrors,
  complaint,
  connectTls,
  contextFree,
  contextNew,
  control,
  currentCipher,
  getError,
  readTls,
  setCiphers,
  setDescriptor,
  setReadBuffer,
  setSuites,
  setTickets,
  sslFree,
  sslNew,
  tlsMethod,
  useCertificate,
  useKey,
  writeTls,
} from './openssl-calls.ts';
import { TlsHandshake } from './openssl-handshake.ts';
import { certificateOf, type Identity } from './openssl-identity.ts';

// include/openssl/ssl.h, tls1.h and evp.h
const SSL_CTRL_EXTRA_CHAIN_CERT = 14;
const SSL_CTRL_SET_READ_AHEAD = 41;
const SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
const SSL_CTRL_SET_MAX_PROTO_VERSION = 124;
const versions = { '1.2': 0x0303, '1.3': 0x0304 };
const SSL_ERROR_ZERO_RETURN = 6;

/** What both ends of a connection are told before their handshake. */
export interface Suite {
  readonly version: keyof typeof versions;
  /** As OpenSSL calls it, openssl-ciphers(1). */
  readonly cipher: string;
}

/** What a program does with TLS connections of one suite; `identity` makes it the server of the handshake. */
export class TlsContext implements Disposable {
  readonly #context: number;
  readonly #serves: boolean;
  readonly #suite: Suite;

  /** @throws {CannotRunHere} where OpenSSL cannot be reached, or has no such cipher */
  constructor(suite: Suite, identity: Identity | null) {
    this.#suite = suite;
    this.#serves = identity !== null;
    // The list of errors is the thread's, and so Node's too.
    clearErrors();
    this.#context = contextNew(tlsMethod());
    control(this.#context, SSL_CTRL_SET_MIN_PROTO_VERSION, versions[suite.version], 0);
    control(this.#context, SSL_CTRL_SET_MAX_PROTO_VERSION, versions[suite.version], 0);
    // No ticket: after the handshake nothing goes over the connection but what is written.
    setTickets(this.#context, 0);
    const chosen =
      suite.version === '1.3'
        ? setSuites(this.#context, suite.cipher)
        : // Level 0 allows a cipher that does not encrypt, SSL_CTX_set_security_level(3).
          setCiphers(this.#context, `${suite.cipher}:@SECLEVEL=0`);
    if (chosen !== 1) {
      clearErrors();
      this.#give(new CannotRunHere('no-cipher', { ...suite }));
    }
    if (!identity) return;
    const { kind, certificate, key, chain } = identity;
    const taken =
      useCertificate(this.#context, certificate.length, certificate) === 1 &&
      useKey(kind, this.#context, key, key.length) === 1;
    if (!taken) this.#give(new Error(`Cannot use a certificate and its key: OpenSSL says ${complaint()}`));
    for (const one of chain) control(this.#context, SSL_CTRL_EXTRA_CHAIN_CERT, 0, certificateOf(one));
  }

  /** Lets a connection take as much from its socket at once as comes, up to `bytes`; without, one record in two reads. */
  readAhead(bytes: number): void {
    control(this.#context, SSL_CTRL_SET_READ_AHEAD, 1, 0);
    setReadBuffer(this.#context, bytes);
  }

  /**
   * Makes the handshake on a connected blocking socket, which stays the caller's.
   * @throws {Error} with OpenSSL's reason, when the other end does not agree or leaves
   */
  open(fd: number): TlsConnection {
    const ssl = sslNew(this.#context);
    setDescriptor(ssl, fd);
    clearErrors();
    const result = (this.#serves ? acceptTls : connectTls)(ssl);
    if (result === 1) return new TlsConnection(ssl);
    const why = complaint();
    sslFree(ssl);
    throw new Error(`Cannot agree on a key with TLS ${this.#suite.version} and ${this.#suite.cipher}: ${why}`);
  }

  /** Begins the handshake of a server on a socket that does not block, which stays the caller's. */
  start(fd: number): TlsHandshake {
    return new TlsHandshake(this.#context, fd);
  }

  #give(error: Error): never {
    this[Symbol.dispose]();
    throw error;
  }

  [Symbol.dispose](): void {
    contextFree(this.#context);
  }
}

/** A connection whose handshake is made. Reads and writes of a blocking socket wait; they move whole records. */
export class TlsConnection implements Disposable {
  readonly #ssl: number;

  constructor(ssl: number) {
    this.#ssl = ssl;
  }

  /** The cipher that was agreed on, as OpenSSL calls it. */
  get cipher(): string {
    return cipherName(currentCipher(this.#ssl));
  }

  /** Encrypts `count` bytes and writes them. @returns bytes that were taken: all. @throws {Error} with OpenSSL's reason */
  write(address: number, count: number): number {
    const sent = writeTls(this.#ssl, address, count);
    return sent > 0 ? sent : this.#fail('write', sent);
  }

  /** Reads and decrypts at most `count` bytes. @returns 0 when the other end has finished. @throws {Error} */
  read(address: number, count: number): number {
    const got = readTls(this.#ssl, address, count);
    if (got > 0) return got;
    return getError(this.#ssl, got) === SSL_ERROR_ZERO_RETURN ? 0 : this.#fail('read', got);
  }

  #fail(what: string, result: number): never {
    const code = getError(this.#ssl, result);
    throw new Error(`Cannot ${what} with TLS: OpenSSL's error ${code}, ${complaint()}`);
  }

  [Symbol.dispose](): void {
    sslFree(this.#ssl);
  }
}
