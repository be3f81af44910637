import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '#libc';
import { addressFor } from '#machine/links.ts';
import { freePort, isListening, listenerOf } from '#machine/ports.ts';

test('freePort() gives ports that nobody listens on', () => {
  const port = freePort();
  expect(port).toBeGreaterThan(1023);
  expect(isListening(port)).toBe(false);
});

test('isListening() sees a listener without connecting to it, and that it is gone', () => {
  const { socket, address } = listen(addressFor('tcp'));
  const port = address.family === 'inet' ? address.port : 0;
  expect(isListening(port)).toBe(true);
  socket[Symbol.dispose]();
  expect(isListening(port)).toBe(false);
});

test('listenerOf() finds the process behind a listener, by IPv4 and by IPv6, and none where nobody listens', async () => {
  for (const host of ['127.0.0.1', '::']) {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(listenerOf(port)).toBe(process.pid);
    server.close();
    await once(server, 'close');
    expect(listenerOf(port)).toBeNull();
  }
});
