import type { SocketKind } from '#model/tally.ts';
import type { Named } from './arguments.ts';

/** What a descriptor leads to, told from the name that strace gives it. `key` is the same for the same open thing. */
export type Place =
  | { readonly state: 'file'; readonly path: string }
  | { readonly state: 'socket'; readonly key: string; readonly kind: SocketKind }
  | { readonly state: 'pipe'; readonly key: string }
  /** An event counter, a directory of /proc, a terminal, a netlink socket: no payload that this is about. */
  | { readonly state: 'other' };

export type SocketPlace = Extract<Place, { state: 'socket' }>;

/** Paths that are no files on any disk. */
const unreal = /^\/(dev|proc|sys)\//;

/** Tells what a descriptor leads to. */
export function placeOf(named: Named | null): Place {
  const name = named?.name ?? '';
  if (name.startsWith('/')) return unreal.test(name) ? { state: 'other' } : { state: 'file', path: name };
  if (name.startsWith('pipe:')) return { state: 'pipe', key: name };
  const [, protocol, ends = ''] = /^([\w-]+):\[(.*)\]$/.exec(name) ?? [];
  if (protocol === 'TCP' || protocol === 'TCPv6') return { state: 'socket', key: ends, kind: 'tcp' };
  // An AF_UNIX socket loses the peer's number when the peer is gone: its own comes first and stays.
  if (protocol?.startsWith('UNIX')) return { state: 'socket', key: ends.split(/->|,/)[0] ?? ends, kind: 'unix' };
  if (protocol === 'socket' || /^(UDP|MPTCP|SCTP|VSOCK)/.test(protocol ?? ''))
    return { state: 'socket', key: `${protocol} ${ends}`, kind: 'other' };
  return { state: 'other' };
}
