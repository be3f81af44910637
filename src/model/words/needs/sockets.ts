/** What sockets and links of a machine can lack. */
import type { CannotRun } from '../../result.ts';
import { formatBytes } from '../units.ts';
import type { NeedText } from './need-text.ts';

export type SocketNeedCode =
  | 'queue-full'
  | 'little-memory'
  | 'no-rate-limit'
  | 'no-congestion-control'
  | 'no-openssl'
  | 'no-cipher';

type Args = CannotRun['args'];

const bytesOr = (value: Args[string] | undefined, otherwise: string) =>
  typeof value === 'number' ? formatBytes(value) : otherwise;

export const socketNeeds: Record<SocketNeedCode, (args: Args) => NeedText> = {
  'queue-full': ({ took, bytes }) => ({
    why: `the queue of a socket that nobody reads from took ${bytesOr(took, 'less than')} of ${bytesOr(bytes, 'what it was given')}`,
    remedy: 'Raise net.ipv4.tcp_wmem and net.ipv4.tcp_mem, or ask for less with --size.',
  }),
  'little-memory': ({ needed, available }) => ({
    why: `it would hold ${bytesOr(needed, 'more than half')} of the ${bytesOr(available, 'memory')} that are available`,
    remedy: 'Run it on a machine with more free memory, or ask for less with --size.',
  }),
  'no-rate-limit': ({ said }) => ({
    why: `the rate of a virtual network card cannot be limited (${said ?? 'tc qdisc add'})`,
    remedy: 'It takes root of the network namespace and the module sch_tbf.',
  }),
  'no-congestion-control': ({ name }) => ({
    why: `the congestion control ${name ?? 'it asks for'} is not on this machine, or not for everybody`,
    remedy: 'As root, load its module (modprobe tcp_bbr) and name it in net.ipv4.tcp_allowed_congestion_control.',
  }),
  'no-openssl': ({ call }) => ({
    why: `this Node does not let others use the OpenSSL that it carries (no ${call ?? 'SSL_CTX_new'})`,
    remedy: 'Run it with the Node that this project pins: npm ci brings it, and ./zc uses it.',
  }),
  'no-cipher': ({ cipher, version }) => ({
    why: `the OpenSSL here does not offer ${cipher ?? 'the cipher that is asked for'}${version ? ` with TLS ${version}` : ''}`,
    remedy: 'Run it with the Node that this project pins, whose OpenSSL has it: npm ci, then ./zc.',
  }),
};
