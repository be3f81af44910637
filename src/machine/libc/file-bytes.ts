/** pread(2) and pwrite(2) of JavaScript arrays, for bytes that JavaScript looks at anyway. The call uses their own memory. */
import { moved } from './errno.ts';
import { bind } from './load.ts';

const c = {
  pwriteBytes: bind<(fd: number, bytes: Uint8Array, count: number, offset: number) => number>('pwrite', 'ssize', [
    'int',
    'bytes',
    'size_t',
    'offset',
  ]),
  preadBytes: bind<(fd: number, bytes: Uint8Array, count: number, offset: number) => number>('pread', 'ssize', [
    'int',
    'bytes',
    'size_t',
    'offset',
  ]),
};

/** pread(2) into a JavaScript array from `offset`, as much as fits. @returns bytes, 0 at the end, or a negative errno */
export function preadBytes(fd: number, bytes: Uint8Array, offset: number): number {
  return moved(c.preadBytes(fd, bytes, bytes.length, offset));
}

/** pwrite(2) of a JavaScript array at `offset`, without a copy of it. @returns bytes, or a negative errno */
export function pwriteBytes(fd: number, bytes: Uint8Array, offset: number): number {
  return moved(c.pwriteBytes(fd, bytes, bytes.length, offset));
}
