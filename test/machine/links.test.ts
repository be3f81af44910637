import { expect, test } from 'vitest';
import { connect, getOption, listen } from '#libc';
import { addressFor, type Link, limitOf, prepare } from '#machine/links.ts';

test.each([
  ['tcp', null],
  ['tcp-100k', null],
  ['unix', null],
  ['veth', null],
  ['tcp-1gbit', 1e9],
  ['veth-10gbit', 10e9],
] as const)('limitOf() %s is %s', (link, bits) => expect(limitOf(link)).toBe(bits));

test.each([
  ['tcp-1gbit', 125_000_000],
  ['tcp-10gbit', 1_250_000_000],
] as const)('a socket on %s keeps to %d bytes a second', (link: Link, bytes) => {
  const { socket, address } = listen(addressFor(link));
  using _listener = socket;
  using sender = connect(address, (fd) => prepare(fd, link, 'reno'));
  expect(getOption(sender.fd, 'SO_MAX_PACING_RATE')).toBe(bytes);
});

test('a socket on a cable is not paced: its device is limited', () => {
  const { socket, address } = listen(addressFor('tcp'));
  using _listener = socket;
  using sender = connect(address, (fd) => prepare(fd, 'veth-1gbit', 'reno'));
  // Read as a signed number: no limit is the largest there is.
  expect(getOption(sender.fd, 'SO_MAX_PACING_RATE')).toBe(-1);
});
