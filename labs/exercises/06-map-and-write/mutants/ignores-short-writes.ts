// Wrong: writes the mapping once and takes it for granted that everything went.
// Found: bytes-missing situation=short-counts arrived=40009
import { EINTR, fstat, Mapping, open, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  if (size === 0) return;
  using mapping = Mapping.ofFile(file.fd, 0, size);
  while (moved('write', write(socket, mapping.address, size)) === 0);
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
