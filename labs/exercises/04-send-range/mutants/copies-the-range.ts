// Wrong: reads the range and writes it.
// Delivers: every byte
// Found: not-by-call call=sendfile moved=0 other=pread+write otherBytes=4194299
import { EINTR, Mapping, open, pread, SyscallError, write } from '#libc';

export function sendRange(socket: number, path: string, offset: number, count: number): void {
  using file = open(path);
  using buffer = Mapping.anonymous(65_536);
  for (let at = offset; at < offset + count; ) {
    const got = moved('pread', pread(file.fd, buffer.address, Math.min(65_536, offset + count - at), at));
    for (let sent = 0; sent < got; ) sent += moved('write', write(socket, buffer.address + sent, got - sent));
    at += got;
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
