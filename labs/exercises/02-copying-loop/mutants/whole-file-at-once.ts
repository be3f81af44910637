// Wrong: reads the whole file into memory before it sends the first byte.
// Delivers: every byte
// Found: memory-grows fileBytes=50331648
import { EINTR, fstat, Mapping, open, read, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  if (size === 0) return;
  using buffer = Mapping.anonymous(size);
  let got = 0;
  while (got < size) got += moved('read', read(file.fd, buffer.address + got, size - got));
  for (let sent = 0; sent < size; ) sent += moved('write', write(socket, buffer.address + sent, size - sent));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
