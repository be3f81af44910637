/** Connections inside this machine, with the same options on every socket that is compared. */
import { randomBytes } from 'node:crypto';
import { type Address, congestionControl, listen, setCongestionControl, setOption } from '#libc';

/**
 * `tcp`: loopback TCP, buffers as the kernel tunes them. `tcp-100k`: the same with SO_SNDBUF = 100 KiB, the default of
 * Apache Kafka's socket.send.buffer.bytes. `unix`: AF_UNIX stream.
 */
export type Link = 'tcp' | 'tcp-100k' | 'unix' | LimitedLink | CabledLink;

/** Loopback TCP whose sender is paced: SO_MAX_PACING_RATE, socket(7), which needs no privilege. */
export type LimitedLink = 'tcp-1gbit' | 'tcp-10gbit';

/** TCP through a virtual cable between two networks (veth.ts); its device may be limited to a rate. */
export type CabledLink = 'veth' | 'veth-1gbit' | 'veth-10gbit';

/** Bits a second that a link carries at most; null: as many as it can. */
export function limitOf(link: Link): number | null {
  const gigabits = /-(\d+)gbit$/.exec(link)?.[1];
  return gigabits === undefined ? null : Number(gigabits) * 1e9;
}

/** socket.send.buffer.bytes of Apache Kafka (SocketServerConfigs), bytes. */
const KAFKA_SEND_BUFFER_BYTES = 102_400;

/** An address for a listener on this link; the kernel chooses a TCP port. */
export function addressFor(link: Link): Address {
  if (link !== 'unix') return { family: 'inet', port: 0 };
  return { family: 'unix', name: `zero-copy-measured-${process.pid}-${randomBytes(6).toString('hex')}` };
}

/** Options of a sending or receiving socket, set before it connects or listens. */
export function prepare(fd: number, link: Link, congestion: string): void {
  if (link === 'unix') return;
  setOption(fd, 'TCP_NODELAY', 1);
  setCongestionControl(fd, congestion);
  if (link === 'tcp-100k') setOption(fd, 'SO_SNDBUF', KAFKA_SEND_BUFFER_BYTES);
  const limit = link.startsWith('tcp') ? limitOf(link) : null;
  if (limit !== null) setOption(fd, 'SO_MAX_PACING_RATE', limit / 8);
}

/**
 * The congestion control that every compared TCP socket is set to. reno does not pace, as bbr does (some machines'
 * default), which changes results on loopback more than the technique does; and it is in every kernel and allowed to
 * everybody, so that runs with and without privileges compare (net/ipv4/tcp_cong.c, TCP_CONG_NON_RESTRICTED).
 */
export function steadyCongestionControl(): { used: string; byDefault: string } {
  const { socket } = listen({ family: 'inet', port: 0 });
  using _ = socket;
  const byDefault = congestionControl(socket.fd);
  return { used: setCongestionControl(socket.fd, 'reno') ? 'reno' : byDefault, byDefault };
}
