/**
 * The loopback of a network of one's own, as every server that is compared shall have it. A program that cannot set
 * TCP_CONGESTION on its sockets, Java's say, gets it from the route: ip-route(8), `congctl`.
 */
import { execFileSync } from 'node:child_process';
import { CannotRunHere } from './cannot-run.ts';
import { findProgram } from './program.ts';

/** Does not pace, as bbr does, and is what most machines use. */
export const ROUTE_CONGESTION = 'cubic';

/**
 * Turns loopback on in the network of the calling process, and sets the congestion control of every connection over it.
 * @throws {CannotRunHere} without iproute2, or where the network is not one's own
 */
export function openLoopback(congestion = ROUTE_CONGESTION): void {
  ip('link set lo up');
  ip(`route change local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 congctl ${congestion}`);
}

function ip(args: string): void {
  try {
    execFileSync(findProgram('ip'), args.split(' '), { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    if (error instanceof CannotRunHere)
      throw new CannotRunHere('no-program', { program: 'ip', package: 'iproute2' }, { cause: error });
    throw new CannotRunHere('no-network-namespace', {}, { cause: error });
  }
}

/** How to start a program in the network of another process, of which it is root as well. @param way what ownNetwork() found */
export function networkOf(pid: number, way: readonly string[]): readonly string[] {
  const user = way.includes('-rn') ? ['-U', '--preserve-credentials'] : [];
  return [findProgram('nsenter'), '-t', String(pid), ...user, '-n'];
}
