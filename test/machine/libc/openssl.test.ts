import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { accept, identityOf, listen, Mapping, type Suite, selfSigned, setTimeouts, TlsContext } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { addressFor } from '#machine/links.ts';

const aes: Suite = { version: '1.3', cipher: 'TLS_AES_128_GCM_SHA256' };
const none: Suite = { version: '1.2', cipher: 'ECDHE-ECDSA-NULL-SHA' };
const BYTES = 100_000;

/** What Node's own client of another thread is to do, and what it says of it. */
interface Peer {
  readonly suite: Suite;
  /** Bytes that it takes before it leaves: with a word, or without when it takes one. */
  readonly takes: number;
}
interface Said {
  readonly cipher: string;
  readonly sha256: string;
}

/** Says 'hello', takes what comes and leaves. It stands in a thread, since the other end waits in its calls. */
const clientCode = `
  const { parentPort, workerData: { port, version, ciphers, takes } } = require('node:worker_threads');
  const hash = require('node:crypto').createHash('sha256');
  const versions = { minVersion: 'TLSv' + version, maxVersion: 'TLSv' + version };
  const socket = require('node:tls').connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ciphers, ...versions });
  let got = 0;
  socket.on('secureConnect', () => socket.write('hello'));
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    hash.update(bytes);
    got += bytes.length;
    if (got < takes) return;
    parentPort.postMessage({ cipher: socket.getCipher().name, sha256: hash.digest('hex') });
    if (takes === 1) socket.destroy();
    else socket.end();
  });
`;

async function withPeer<T>({ suite, takes }: Peer, use: (fd: number) => T): Promise<{ got: T; said: Said | null }> {
  const { socket, address } = listen(addressFor('tcp'));
  using listener = socket;
  setTimeouts(listener.fd, 20_000);
  if (address.family !== 'inet') throw new Error('Expected an address with a port');
  // Level 0 is for the cipher that does not encrypt.
  const ciphers = suite.version === '1.3' ? suite.cipher : `${suite.cipher}:@SECLEVEL=0`;
  const workerData = { port: address.port, version: suite.version, ciphers, takes };
  const client = new Worker(clientCode, { eval: true, workerData });
  let said: Said | null = null;
  client.on('message', (what: Said) => {
    said = what;
  });
  await once(client, 'online');
  const exit = once(client, 'exit');
  using connection = accept(listener.fd);
  setTimeouts(connection.fd, 20_000);
  const got = use(connection.fd);
  connection[Symbol.dispose]();
  await exit;
  return { got, said };
}

describe('TlsContext', () => {
  it.each([aes, none])(
    'agrees with the TLS of Node on $cipher, and both ends read what the other wrote',
    async (suite) => {
      const payload = randomBytes(BYTES);
      using memory = Mapping.anonymous(BYTES);
      const { got, said } = await withPeer({ suite, takes: BYTES }, (fd) => {
        using context = new TlsContext(suite, selfSigned());
        using connection = context.open(fd);
        expect(connection.cipher).toBe(suite.cipher);
        const greeting = connection.read(memory.address, BYTES);
        const text = memory.view().toString('latin1', 0, greeting);
        memory.view().set(payload);
        expect(connection.write(memory.address, BYTES)).toBe(BYTES);
        return { text, end: connection.read(memory.address, BYTES) };
      });
      expect(got).toEqual({ text: 'hello', end: 0 });
      expect(said).toEqual({ cipher: suite.cipher, sha256: createHash('sha256').update(payload).digest('hex') });
    },
  );

  it('says why it could not agree, when the other end wants another version', async () => {
    const { got } = await withPeer({ suite: none, takes: 1 }, (fd) => {
      using context = new TlsContext(aes, selfSigned());
      return tried(() => context.open(fd));
    });
    expect(got).toMatch(/^Cannot agree on a key with TLS 1\.3 and TLS_AES_128_GCM_SHA256: unsupported protocol$/);
  });

  it('says that a connection ended which it cannot write to any more', async () => {
    using memory = Mapping.anonymous(BYTES);
    const { got } = await withPeer({ suite: aes, takes: 1 }, (fd) => {
      using context = new TlsContext(aes, selfSigned());
      using connection = context.open(fd);
      return tried(() => {
        for (;;) connection.write(memory.address, BYTES);
      });
    });
    expect(got).toMatch(/^Cannot write with TLS: OpenSSL's error \d, /);
  });

  it.each([
    { version: '1.2', cipher: 'NO-SUCH-CIPHER' },
    { version: '1.3', cipher: 'TLS_NO_SUCH_CIPHER' },
  ] as const)('cannot run with $cipher, which this OpenSSL does not have', (suite) => {
    expect(() => new TlsContext(suite, null)).toThrow(CannotRunHere);
  });

  it('refuses a key that is not that of the certificate', () => {
    const mixed = { ...selfSigned(), key: selfSigned().key };
    expect(() => new TlsContext(aes, mixed)).toThrow(/^Cannot use a certificate and its key: OpenSSL says .*mismatch/);
  });
});

describe('selfSigned() and identityOf()', () => {
  it('give a certificate that its own key has signed, and that holds today', () => {
    const certificate = new X509Certificate(selfSigned().certificate);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.verify(new X509Certificate(selfSigned().certificate).publicKey)).toBe(false);
    expect(new Date(certificate.validFrom) < new Date() && new Date() < new Date(certificate.validTo)).toBe(true);
  });

  it('refuse what is no key', () => {
    expect(() => identityOf({ key: 'x', certificate: 'y' })).toThrow(/PEM|DECODER/);
  });
});

function tried(what: () => unknown): string {
  try {
    what();
    return 'it went well';
  } catch (error) {
    return (error as Error).message;
  }
}
