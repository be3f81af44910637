import { createCipheriv, createDecipheriv } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import {
  acceptNow,
  type Descriptor,
  EAGAIN,
  listen,
  recvBytes,
  selfSigned,
  sendBytes,
  setNonBlocking,
  TlsContext,
  type TlsHandshake,
  type TrafficSecrets,
} from '#libc';
import { addressFor } from '#machine/links.ts';
import { kernelSecret } from '#machine/traffic-keys.ts';

it('kernelSecret() makes of a traffic secret the key and nonce that RFC 8448 prints for it', () => {
  // Section 3, "Simple 1-RTT Handshake": the server's application traffic.
  const secret = 'a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643';
  const key = '9f02283b6c9c07efc26bb9f2ac92e356';
  const nonce = 'cf782b88dd83549aadf1e984';
  expect(kernelSecret(secret)).toBe(`${nonce.slice(8)}${key}${nonce.slice(0, 8)}${'00'.repeat(8)}`);
});

/** What the kernel would do with it: key and nonce of record number 0, whose number changes nothing in the nonce. */
function keysOf(secret: string): { key: Buffer; nonce: Buffer } {
  const bytes = Buffer.from(secret, 'hex');
  return { key: bytes.subarray(8, 24), nonce: Buffer.concat([bytes.subarray(24, 28), bytes.subarray(0, 8)]) };
}

const HEADER = 5;
const TAG = 16;

/** The first record of a direction, RFC 8446 section 5.2; the kind of what is in it stands behind it. */
function opened(record: Buffer, secret: string): Buffer {
  const { key, nonce } = keysOf(secret);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAAD(record.subarray(0, HEADER));
  decipher.setAuthTag(record.subarray(-TAG));
  return Buffer.concat([decipher.update(record.subarray(HEADER, -TAG)), decipher.final()]);
}

function sealed(text: string, secret: string): Buffer {
  const { key, nonce } = keysOf(secret);
  const inner = Buffer.concat([Buffer.from(text), Buffer.from([23])]);
  const header = Buffer.from([23, 3, 3, 0, inner.length + TAG]);
  const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(header);
  return Buffer.concat([header, cipher.update(inner), cipher.final(), cipher.getAuthTag()]);
}

it('with these keys the first records after a handshake are read and written, and none came before', async () => {
  const { socket, address } = listen(addressFor('tcp'));
  using listener = socket;
  setNonBlocking(listener.fd, true);
  if (address.family !== 'inet') throw new Error('Expected an address with a port');
  const client = connect({ port: address.port, host: '127.0.0.1', rejectUnauthorized: false });
  // It says something at once, in the same segment as the end of its handshake where it can.
  client.write('hello');
  using connection = await until(() => acceptNow(listener.fd));
  setNonBlocking(connection.fd, true);
  using context = new TlsContext({ version: '1.3', cipher: 'TLS_AES_128_GCM_SHA256' }, selfSigned());
  using handshake = context.start(connection.fd);
  const secrets = await until(() => secretsOf(handshake));

  const buffer = Buffer.alloc(1000);
  const count = await until(() => received(connection, buffer));
  const [client0, server0] = [kernelSecret(secrets.client), kernelSecret(secrets.server)];
  expect(opened(buffer.subarray(0, count), client0).toString()).toBe(`hello${String.fromCharCode(23)}`);
  expect(() => opened(buffer.subarray(0, count), server0)).toThrow();

  const heard = once(client, 'data');
  const record = sealed('zero copy', server0);
  expect(sendBytes(connection.fd, record)).toBe(record.length);
  expect(String((await heard)[0])).toBe('zero copy');
  client.destroy();
});

it('a client that wants another cipher is told so, and the reason is said here', async () => {
  const { socket, address } = listen(addressFor('tcp'));
  using listener = socket;
  setNonBlocking(listener.fd, true);
  if (address.family !== 'inet') throw new Error('Expected an address with a port');
  const ciphers = 'TLS_CHACHA20_POLY1305_SHA256';
  const client = connect({ port: address.port, host: '127.0.0.1', rejectUnauthorized: false, ciphers });
  client.on('error', () => {});
  using connection = await until(() => acceptNow(listener.fd));
  setNonBlocking(connection.fd, true);
  using context = new TlsContext({ version: '1.3', cipher: 'TLS_AES_128_GCM_SHA256' }, selfSigned());
  using handshake = context.start(connection.fd);
  await expect(until(() => secretsOf(handshake))).rejects.toThrow(
    'Cannot agree on a key with a client: no shared cipher',
  );
  client.destroy();
});

/** Asks in every turn of the event loop, in which the client lives too. */
async function until<T>(what: () => T | null): Promise<T> {
  for (;;) {
    const got = what();
    if (got !== null) return got;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function secretsOf(handshake: TlsHandshake): TrafficSecrets | null {
  const got = handshake.step();
  return typeof got === 'string' ? null : got;
}

function received({ fd }: Descriptor, into: Buffer): number | null {
  const got = recvBytes(fd, into);
  if (got === -EAGAIN) return null;
  if (got <= 0) throw new Error(`Expected bytes of the client, found ${got}`);
  return got;
}
