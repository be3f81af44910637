/** Namespaces of the kernel: unshare(2), setns(2), network_namespaces(7). */
import type { Descriptor } from './descriptor.ts';
import { check, refusal } from './errno.ts';
import { open } from './file.ts';
import { bind, errno } from './load.ts';

const unshare = bind<(flags: number) => number>('unshare', 'int', ['int']);
const setns = bind<(fd: number, kind: number) => number>('setns', 'int', ['int', 'int']);
const CLONE_NEWNET = 0x40000000;

/**
 * Gives the calling thread, and every process it starts from now on, a network of its own: no device but a loopback that
 * is down. It goes with its last process.
 * @throws {CannotRunHere} without CAP_SYS_ADMIN
 */
export function leaveNetwork(): void {
  if (unshare(CLONE_NEWNET) !== 0) throw refusal('unshare(CLONE_NEWNET)', errno());
}

/** The network of the calling thread, which stays for as long as this is open. */
export function currentNetwork(): Descriptor {
  return open('/proc/thread-self/ns/net');
}

/** Puts the calling thread, and every process it starts from now on, into a network: setns(2). @throws {SyscallError} */
export function enterNetwork(fd: number): void {
  check('setns', setns(fd, CLONE_NEWNET));
}
