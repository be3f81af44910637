/** Networks of a process's own: network_namespaces(7). They go with their last process, so nothing has to be removed. */
import { currentNetwork, type Descriptor, enterNetwork, leaveNetwork } from '#libc';
import { CannotRunHere } from './cannot-run.ts';
import { probe } from './probe.ts';
import { findProgram } from './program.ts';

/**
 * How to start a program in a network of its own, of which it is root: unshare(1), which becomes the program. Without the
 * right to leave the network, it leaves its user namespace too, which most systems allow to everybody.
 * @throws {CannotRunHere} where neither is allowed, found out by doing it once
 */
export function ownNetwork(): readonly string[] {
  const unshare = findProgram('unshare');
  const ways = ['-n', '-rn'].map((flags) => [unshare, flags]);
  const way = ways.find(([program = '', flags = '']) => probe(program, [flags, 'true']).status === 0);
  if (!way) throw new CannotRunHere('no-network-namespace');
  return way;
}

/**
 * How to start a program in one more network, of which it is root as well, so that a cable can be laid between the two.
 * @param way what ownNetwork() found @param pid a process that was started so
 */
export function oneMoreNetwork(way: readonly string[], pid: number): readonly string[] {
  if (!way.includes('-rn')) return way;
  const [unshare = 'unshare'] = way;
  return [findProgram('nsenter'), '-t', String(pid), '-U', '--preserve-credentials', unshare, '-n'];
}

/**
 * A second network beside that of this process. Sockets belong to the network they were made in, so one process can hold
 * both ends of a connection between two networks.
 */
export class FarNetwork implements Disposable {
  readonly #near: Descriptor;
  readonly #far: Descriptor;

  /** @throws {CannotRunHere} without CAP_SYS_ADMIN: ownNetwork() gives it */
  constructor() {
    this.#near = currentNetwork();
    leaveNetwork();
    this.#far = currentNetwork();
    enterNetwork(this.#near.fd);
  }

  /** By which other processes of this user find it. */
  get path(): string {
    return `/proc/${process.pid}/fd/${this.#far.fd}`;
  }

  /** Does something in it; it must not wait, for the whole thread is there meanwhile. */
  within<T>(use: () => T): T {
    enterNetwork(this.#far.fd);
    try {
      return use();
    } finally {
      enterNetwork(this.#near.fd);
    }
  }

  [Symbol.dispose](): void {
    this.#far[Symbol.dispose]();
    this.#near[Symbol.dispose]();
  }
}
