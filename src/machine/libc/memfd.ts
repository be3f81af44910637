/** Files without a name, memfd_create(2), and their seals, fcntl(2). */
import { Descriptor } from './descriptor.ts';
import { moved, refusal } from './errno.ts';
import { bind, errno } from './load.ts';

const create = bind<(name: string, flags: number) => number>('memfd_create', 'int', ['string', 'uint']);
const fcntl = bind<(fd: number, command: number, value: number) => number>('fcntl', 'int', ['int', 'int', 'long']);
const MFD_CLOEXEC = 1;
const MFD_ALLOW_SEALING = 2;
const F_ADD_SEALS = 1033;
const F_GET_SEALS = 1034;

/** What can be forbidden for good: further seals, truncating, growing, writing. */
export const seals = { seal: 1, shrink: 2, grow: 4, write: 8 } as const;

/**
 * A file without a name, in the kernel's own tmpfs. It goes with its last descriptor.
 * @param sealable seals may be put on it
 */
export function memoryFile(name: string, sealable = false): Descriptor {
  const fd = create(name, MFD_CLOEXEC | (sealable ? MFD_ALLOW_SEALING : 0));
  if (fd < 0) throw refusal('memfd_create', errno());
  return new Descriptor(fd);
}

/** Forbids for good what the seals say, to everybody. @returns 0, or a negative errno: EBUSY while it is mapped writable */
export function addSeals(fd: number, mask: number): number {
  return moved(fcntl(fd, F_ADD_SEALS, mask));
}

/** The seals on a file, or a negative errno: EINVAL where there can be none. */
export function sealsOf(fd: number): number {
  return moved(fcntl(fd, F_GET_SEALS, 0));
}
