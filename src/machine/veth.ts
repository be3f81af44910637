/**
 * A virtual network cable, veth(4): two devices, one in this network namespace and one in another, so that packets pass a
 * device whose offloads can be switched. Made with `ip` of iproute2; it goes when the other namespace does.
 */
import { execFileSync } from 'node:child_process';
import { type Offload, setOffload, socketPair } from '#libc';
import { CannotRunHere } from './cannot-run.ts';
import { fact } from './facts.ts';
import { findProgram } from './program.ts';

/** One cable by number, 0 to 63: names of its two devices and their addresses. */
export interface Cable {
  readonly here: { readonly device: string; readonly host: string };
  readonly there: { readonly device: string; readonly host: string };
}

/** Names and addresses; 198.18.0.0/15 is for tests of networks (RFC 2544) and routed nowhere. */
export function cable(number: number): Cable {
  const end = (letter: string, host: number) => ({
    device: `zc${process.pid.toString(36)}${number}${letter}`,
    host: `198.18.0.${number * 4 + host}`,
  });
  return { here: end('a', 1), there: end('b', 2) };
}

/**
 * Lays a cable from this namespace to another one.
 * @param other a process in it, or the path of the namespace
 * @param switchedOff offloads of the sending device that are turned off, in this order
 * @throws {CannotRunHere} without iproute2, or without the right to make devices
 */
export function layCable({ here, there }: Cable, other: number | string, switchedOff: readonly Offload[] = []): void {
  ip('link', 'add', here.device, 'type', 'veth', 'peer', 'name', there.device, 'netns', String(other));
  bringUp(here);
  const [socket, peer] = socketPair();
  using _one = socket;
  using _other = peer;
  for (const which of switchedOff) setOffload(socket.fd, here.device, which, false);
}

/** Gives one end its address and turns it on, in the namespace of the calling thread. */
export function bringUp({ device, host }: Cable['here']): void {
  ip('addr', 'add', `${host}/30`, 'dev', device);
  ip('link', 'set', device, 'up');
}

/** Pulls the cable. */
export function removeCable({ here }: Cable): void {
  ip('link', 'del', here.device);
}

/** Packets that a device of this namespace has sent so far, and their bytes with all headers: /proc/net/dev. */
export function sentBy(device: string): { readonly packets: number; readonly bytes: number } {
  const line = (fact('/proc/thread-self/net/dev') ?? '').split('\n').find((one) => one.trim().startsWith(`${device}:`));
  if (line === undefined) throw new Error(`Cannot find what '${device}' has sent: /proc/net/dev does not name it`);
  const numbers = line
    .slice(line.indexOf(':') + 1)
    .trim()
    .split(/\s+/)
    .map(Number);
  return { bytes: numbers[SENT_BYTES] as number, packets: numbers[SENT_BYTES + 1] as number };
}

/** Columns of /proc/net/dev: eight of what was received, then what was sent; proc_pid_net(5). */
const SENT_BYTES = 8;

/** Bytes that may leave a limited device at once: more than the largest packet, which need not be cut then. */
const BURST_BYTES = 256 * 1024;

/**
 * Limits what a device of this namespace sends, in bits a second: the token bucket of tc-tbf(8).
 * @throws {CannotRunHere} without iproute2, or where the kernel has no such queue
 */
export function limitRate(device: string, bits: number): void {
  const queue = ['qdisc', 'add', 'dev', device, 'root', 'tbf'];
  configure('tc', 'no-rate-limit', [...queue, 'rate', `${bits}bit`, 'burst', `${BURST_BYTES}`, 'latency', '50ms']);
}

const ip = (...args: readonly string[]) => configure('ip', 'no-veth', args);

/** @param refusal what to call it when the kernel does not do it */
function configure(program: 'ip' | 'tc', refusal: 'no-veth' | 'no-rate-limit', args: readonly string[]): void {
  try {
    execFileSync(findProgram(program), args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    if (error instanceof CannotRunHere) {
      throw new CannotRunHere('no-program', { program, package: 'iproute2' }, { cause: error });
    }
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    if (/not permitted|not supported|Unknown device type|qdisc (kind )?(is )?unknown/i.test(said)) {
      throw new CannotRunHere(refusal, { said }, { cause: error });
    }
    throw new Error(`Cannot run '${program} ${args.join(' ')}': ${said}`, { cause: error });
  }
}
