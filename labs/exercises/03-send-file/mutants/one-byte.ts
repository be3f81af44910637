// Wrong: sends one byte by sendfile and the rest by write.
// Delivers: every byte
// Found: not-by-call call=sendfile moved=1 other=pread+write otherBytes=4194298
import { EINTR, Mapping, OffsetCell, open, pread, SyscallError, sendfile, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using cell = new OffsetCell();
  using buffer = Mapping.anonymous(65_536);
  while (cell.get() === 0) if (moved('sendfile', sendfile(socket, file.fd, cell, 1)) === 0) return;
  for (let at = 1; ; ) {
    const got = moved('pread', pread(file.fd, buffer.address, 65_536, at));
    if (got === 0) return;
    for (let sent = 0; sent < got; )
      sent += Math.max(0, moved('write', write(socket, buffer.address + sent, got - sent)));
    at += Math.max(0, got);
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return result;
}
