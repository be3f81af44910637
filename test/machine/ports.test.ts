import { expect, test } from 'vitest';
import { listen } from '#libc';
import { addressFor } from '#machine/links.ts';
import { freePort, isListening } from '#machine/ports.ts';

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
