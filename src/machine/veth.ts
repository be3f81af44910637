/**
 * A virtual network cable, veth(4): two devices, one in this network namespace and one in another, so that packets pass a
 * device whose offloads can be switched. Made with `ip` of iproute2; it goes when the other namespace does.
 */
import { execFileSync } from 'node:child_process';
import { type Offload, setOffload, socketPair } from '#libc';
import { CannotRunHere } from './cannot-run.ts';

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
 * Lays a cable from this namespace to that of a process.
 * @param switchedOff offloads of the sending device that are turned off, in this order
 * @throws {CannotRunHere} without iproute2, or without the right to make devices
 */
export function layCable({ here, there }: Cable, pid: number, switchedOff: readonly Offload[] = []): void {
  ip('link', 'add', here.device, 'type', 'veth', 'peer', 'name', there.device, 'netns', String(pid));
  bringUp(here);
  const [socket, other] = socketPair();
  using _one = socket;
  using _other = other;
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

function ip(...args: readonly string[]): void {
  try {
    execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new CannotRunHere('no-program', { program: 'ip', package: 'iproute2' }, { cause: error });
    }
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    if (/not permitted|not supported|Unknown device type/i.test(said)) {
      throw new CannotRunHere('no-veth', { said }, { cause: error });
    }
    throw new Error(`Cannot run 'ip ${args.join(' ')}': ${said}`, { cause: error });
  }
}
