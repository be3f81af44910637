// Wrong: never unmaps the file.
// Delivers: every byte
// Found: mappings-left count=1
import { EINTR, fstat, Mapping, open, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  if (size === 0) return;
  const mapping = Mapping.ofFile(file.fd, 0, size);
  for (let sent = 0; sent < size; ) sent += moved('write', write(socket, mapping.address + sent, size - sent));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
