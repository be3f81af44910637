// Wrong: makes one call and takes it for granted that everything went.
// Found: bytes-missing situation=short-counts arrived=40009
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function sendRange(socket: number, path: string, offset: number, count: number): void {
  using file = open(path);
  using cell = new OffsetCell();
  cell.set(offset);
  while (count > 0 && moved('sendfile', sendfile(socket, file.fd, cell, count)) === 0);
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
