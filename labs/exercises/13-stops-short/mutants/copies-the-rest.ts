// Wrong: when sendfile stops, sends the rest by pread and write.
// Delivers: every byte
// Found: not-by-call call=sendfile moved=40009 other=pread+write otherBytes=4154290
import { EINTR, fstat, Mapping, OffsetCell, open, pread, SyscallError, sendfile, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using from = new OffsetCell();
  const { size } = fstat(file.fd);
  while (from.get() === 0 && size > 0) moved('sendfile', sendfile(socket, file.fd, from, size));
  using buffer = Mapping.anonymous(1_048_576);
  for (let at = from.get(); at < size; ) {
    const got = moved('pread', pread(file.fd, buffer.address, buffer.length, at));
    for (let sent = 0; sent < got; ) sent += moved('write', write(socket, buffer.address + sent, got - sent));
    at += got;
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
