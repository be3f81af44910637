import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { expect, it } from 'vitest';
import type { Channel, OpenChannel } from '#broker/server/channel.ts';
import { kernelTlsChannel } from '#broker/server/kernel-tls-channel.ts';
import { listenKernelTls } from '#broker/server/kernel-tls-listener.ts';
import { SocketListener } from '#broker/server/listener.ts';
import { EAGAIN, ECONNRESET, selfSigned, TlsContext } from '#libc';
import { tryKernelTls } from '#machine/kernel-tls.ts';

/** Whether this kernel encrypts: then the guest's test could as well be here. */
function kernelEncrypts(): boolean {
  try {
    tryKernelTls({ version: '1.3' });
    return true;
  } catch {
    return false;
  }
}

it('listenKernelTls() refuses a key that is none before it looks at the kernel', () => {
  const options = { port: 0, fetch: 'kernel-tls', key: 'x', certificate: 'y' } as const;
  expect(() => listenKernelTls(options, () => true)).toThrow(/PEM|DECODER/);
});

/** A listener whose one connection tells what it receives, as often as something happens to it. */
function listening() {
  const context = new TlsContext({ version: '1.3', cipher: 'TLS_AES_128_GCM_SHA256' }, selfSigned());
  const received: number[] = [];
  let channel: Channel | undefined;
  const accepted = (open: OpenChannel) => {
    channel = open(() => {
      received.push((channel as Channel).receive(Buffer.alloc(100)));
      (channel as Channel).until(null);
    });
    received.push(channel.receive(Buffer.alloc(100)));
    channel.until({ readable: true });
    return true;
  };
  const listener = new SocketListener({ port: 0, fetch: 'sendfile' }, accepted, (socket, path) =>
    kernelTlsChannel(socket, path, context),
  );
  return {
    port: listener.port,
    received,
    [Symbol.dispose]() {
      channel?.[Symbol.dispose]();
      listener[Symbol.dispose]();
      context[Symbol.dispose]();
    },
  };
}

async function told(received: readonly number[]): Promise<readonly number[]> {
  while (received.length < 2) await pause(2);
  return received;
}

it('a client that speaks no TLS is gone, and one that leaves in the middle of its handshake', async () => {
  for (const says of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01']) {
    using run = listening();
    const client = connect({ port: run.port, host: '127.0.0.1' });
    client.on('error', () => {});
    client.end(says, 'latin1');
    // Nothing while the handshake is not made; then it is over.
    expect(await told(run.received)).toEqual([-EAGAIN, -ECONNRESET]);
    client.destroy();
  }
});

it('a client that agrees on a key is served where the kernel encrypts, and is gone where it does not', async () => {
  using run = listening();
  const client = connectTls({ port: run.port, host: '127.0.0.1', rejectUnauthorized: false });
  client.on('error', () => {});
  await once(client, 'secureConnect');
  client.write('hello');
  expect(await told(run.received)).toEqual([-EAGAIN, kernelEncrypts() ? 5 : -ECONNRESET]);
  client.destroy();
});
