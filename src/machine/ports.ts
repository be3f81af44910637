/** Ports of 127.0.0.1, for servers of somebody else's. */
import { listen } from '#libc';
import { fact } from './facts.ts';
import { addressFor } from './links.ts';

/** A port that was free a moment ago. */
export function freePort(): number {
  const { socket, address } = listen(addressFor('tcp'));
  using _ = socket;
  if (address.family !== 'inet') throw new RangeError('Cannot find a port: the listener is none of TCP');
  return address.port;
}

/** State of a listening socket in /proc/net/tcp, whose second column is `address:PORT` and fourth the state. */
const LISTENING = '0A';

/** Looks without connecting: a server that is to take one connection must not take ours. */
export function isListening(port: number): boolean {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = (fact('/proc/net/tcp') ?? '').split('\n');
  return lines.some((text) => {
    const [, local = '', , state] = text.trim().split(/\s+/);
    return state === LISTENING && local.endsWith(`:${wanted}`);
  });
}
