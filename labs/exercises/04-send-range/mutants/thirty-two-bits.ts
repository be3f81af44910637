// Wrong: cuts the offset to 32 bits with a sign, which is right below 2 GiB.
// Found: threw situation=plain fileBytes=2300000123
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function sendRange(socket: number, path: string, offset: number, count: number): void {
  using file = open(path);
  using cell = new OffsetCell();
  cell.set(offset | 0);
  for (let left = count; left > 0; ) left -= moved('sendfile', sendfile(socket, file.fd, cell, left));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
