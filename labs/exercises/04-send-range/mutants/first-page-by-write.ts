// Wrong: copies the odd bytes up to the next page boundary and two pages more, and sends the rest by sendfile.
// Delivers: every byte
// Found: not-by-call call=sendfile other=pread+write
import { EINTR, Mapping, OffsetCell, open, pread, SyscallError, sendfile, write } from '#libc';

export function sendRange(socket: number, path: string, offset: number, count: number): void {
  using file = open(path);
  using buffer = Mapping.anonymous(12_288);
  using cell = new OffsetCell();
  const odd = Math.min(count, 12_288 - (offset % 4096));
  let at = offset;
  while (at < offset + odd) {
    const got = moved('pread', pread(file.fd, buffer.address, offset + odd - at, at));
    for (let sent = 0; sent < got; ) sent += moved('write', write(socket, buffer.address + sent, got - sent));
    at += got;
  }
  cell.set(at);
  while (cell.get() < offset + count) moved('sendfile', sendfile(socket, file.fd, cell, offset + count - cell.get()));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
