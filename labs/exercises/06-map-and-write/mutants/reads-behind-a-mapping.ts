// Wrong: maps the file, and sends it by read and write.
// Delivers: every byte
// Found: not-by-call call=mmap+write moved=0 other=read+write otherBytes=4194299
import { EINTR, fstat, Mapping, open, read, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  if (size === 0) return;
  using _unused = Mapping.ofFile(file.fd, 0, size);
  using buffer = Mapping.anonymous(65_536);
  for (let all = 0; all < size; ) {
    const got = moved('read', read(file.fd, buffer.address, 65_536));
    for (let sent = 0; sent < got; ) sent += moved('write', write(socket, buffer.address + sent, got - sent));
    all += got;
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
