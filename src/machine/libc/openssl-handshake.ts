/**
 * The handshake of TLS 1.3 by itself: it ends with the secrets from which both ends make their keys, so that somebody else
 * can go on from there, the kernel say. SSL_CTX_set_keylog_callback(3) is how OpenSSL tells them.
 */
import { callable } from './load.ts';
import {
  acceptTls,
  clearErrors,
  complaint,
  getError,
  setDescriptor,
  setKeylog,
  sslFree,
  sslNew,
} from './openssl-calls.ts';

/** What the keys of the data are made from, in hexadecimal; RFC 8446, section 7.1. */
export interface TrafficSecrets {
  readonly client: string;
  readonly server: string;
}

// include/openssl/ssl.h
const SSL_ERROR_WANT_READ = 2;
const SSL_ERROR_WANT_WRITE = 3;

/** Lines that OpenSSL logs while it goes on with a handshake: `SERVER_TRAFFIC_SECRET_0 <client random> <secret>`. */
let logged: string[] = [];
let logger: number | undefined;

/** The server's side, on a socket that does not block. Nothing of what follows the handshake is read from the socket. */
export class TlsHandshake implements Disposable {
  readonly #ssl: number;
  readonly #secrets: { client?: string; server?: string } = {};

  /** @param context address of an SSL_CTX, see TlsContext.start() */
  constructor(context: number, fd: number) {
    logger ??= callable('KeyLogger', ['pointer', 'string'], (_: number, line: string) => void logged.push(line));
    setKeylog(context, logger);
    this.#ssl = sslNew(context);
    setDescriptor(this.#ssl, fd);
  }

  /**
   * Goes on as far as the socket lets it.
   * @returns what it waits for, or the secrets when both ends agree
   * @throws {Error} with OpenSSL's reason, when the client does not agree or left
   */
  step(): 'readable' | 'writable' | TrafficSecrets {
    clearErrors();
    logged = [];
    const result = acceptTls(this.#ssl);
    this.#remember(logged);
    if (result === 1) return this.#agreed();
    const code = getError(this.#ssl, result);
    if (code === SSL_ERROR_WANT_READ) return 'readable';
    if (code === SSL_ERROR_WANT_WRITE) return 'writable';
    throw new Error(`Cannot agree on a key with a client: ${complaint()}`);
  }

  #remember(lines: readonly string[]): void {
    for (const line of lines) {
      const [label, , secret] = line.split(' ');
      if (label === 'CLIENT_TRAFFIC_SECRET_0') this.#secrets.client = secret as string;
      if (label === 'SERVER_TRAFFIC_SECRET_0') this.#secrets.server = secret as string;
    }
  }

  #agreed(): TrafficSecrets {
    const { client, server } = this.#secrets;
    if (client === undefined || server === undefined) throw new Error('Cannot go on: OpenSSL did not tell its secrets');
    return { client, server };
  }

  [Symbol.dispose](): void {
    sslFree(this.#ssl);
  }
}
