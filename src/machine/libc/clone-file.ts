import { moved } from './errno.ts';
import { bind } from './load.ts';

const ioctl = bind<(fd: number, request: number, value: number) => number>('ioctl', 'int', ['int', 'ulong', 'long']);

/** _IOW(0x94, 9, int) of include/uapi/linux/fs.h, as x86-64 and arm64 encode it. */
const FICLONE = 0x40049409;

/**
 * Lets a file share all extents of another one, until one of them is written: ioctl_ficlone(2). No byte moves.
 * @returns 0, or a negative errno: EOPNOTSUPP where the file system shares none
 */
export function cloneFile(to: number, from: number): number {
  return moved(ioctl(to, FICLONE, from));
}
