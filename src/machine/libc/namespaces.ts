/** Namespaces of the kernel: unshare(2), network_namespaces(7). */
import { refusal } from './errno.ts';
import { bind, errno } from './load.ts';

const unshare = bind<(flags: number) => number>('unshare', 'int', ['int']);
const CLONE_NEWNET = 0x40000000;

/**
 * Gives the calling thread, and every process it starts from now on, a network of its own: no device but a loopback that
 * is down. It goes with its last process.
 * @throws {CannotRunHere} without CAP_SYS_ADMIN
 */
export function leaveNetwork(): void {
  if (unshare(CLONE_NEWNET) !== 0) throw refusal('unshare(CLONE_NEWNET)', errno());
}
