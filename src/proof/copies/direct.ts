import { EINVAL, O_DIRECT, open, SyscallError } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Technique } from '#transfer/mover.ts';

/**
 * The same technique from a descriptor with O_DIRECT, open(2): the disk's DMA fills the program's buffer, or pages of the
 * kernel's own, and the page cache has no part in it.
 */
export function direct(technique: Technique): Technique {
  return {
    id: `${technique.id}-direct`,
    open(source, sink, chunk) {
      const file = openDirect(source.fd);
      const mover = technique.open({ fd: file.fd, bytes: source.bytes }, sink, chunk);
      return {
        calls: mover.calls,
        step: (offset, count) => mover.step(offset, count),
        [Symbol.dispose]() {
          mover[Symbol.dispose]();
          file[Symbol.dispose]();
        },
      };
    },
  };
}

/** @throws {CannotRunHere} where the file system refuses O_DIRECT */
function openDirect(fd: number): ReturnType<typeof open> {
  try {
    return open(`/proc/self/fd/${fd}`, O_DIRECT);
  } catch (error) {
    if (!(error instanceof SyscallError) || error.errno !== EINVAL) throw error;
    throw new CannotRunHere('unsupported-file-system', { call: 'open(O_DIRECT)' }, { cause: error });
  }
}
