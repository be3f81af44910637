// Wrong: sends as many bytes as are asked for, from the beginning of the file.
// Found: bytes-differ situation=plain offset=1 at=0
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function sendRange(socket: number, path: string, _offset: number, count: number): void {
  using file = open(path);
  using cell = new OffsetCell();
  while (cell.get() < count) moved('sendfile', sendfile(socket, file.fd, cell, count - cell.get()));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
