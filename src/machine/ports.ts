/** Ports of 127.0.0.1, for servers of somebody else's. */
import { readdirSync, readlinkSync } from 'node:fs';
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
  return listenersOn(port, ['/proc/net/tcp']).length > 0;
}

/**
 * The process that listens on a port of this machine; null where none is seen: it is another user's, or in another network.
 * Java listens by IPv6, also for those who come by IPv4.
 */
export function listenerOf(port: number): number | null {
  const sockets = new Set(listenersOn(port, ['/proc/net/tcp', '/proc/net/tcp6']).map((inode) => `socket:[${inode}]`));
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => descriptorsOf(pid).some((target) => sockets.has(target)));
  return found === undefined ? null : Number(found);
}

/** Inodes of the sockets that listen on a port: the tenth column. */
function listenersOn(port: number, tables: readonly string[]): readonly string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = tables.flatMap((table) => (fact(table) ?? '').split('\n'));
  return lines.flatMap((text) => {
    const columns = text.trim().split(/\s+/);
    const [, local = '', , state] = columns;
    return state === LISTENING && local.endsWith(`:${wanted}`) ? [columns[9] ?? ''] : [];
  });
}

/** What the descriptors of a process are: proc_pid_fd(5). */
function descriptorsOf(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        // Closed meanwhile.
        return [];
      }
    });
  } catch {
    // Ended meanwhile, or another user's.
    return [];
  }
}
