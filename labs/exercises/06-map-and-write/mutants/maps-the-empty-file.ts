// Wrong: maps every file, also one that has no byte.
// Found: threw situation=plain fileBytes=0
import { EINTR, fstat, Mapping, open, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  using mapping = Mapping.ofFile(file.fd, 0, size);
  for (let sent = 0; sent < size; ) sent += moved('write', write(socket, mapping.address + sent, size - sent));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
