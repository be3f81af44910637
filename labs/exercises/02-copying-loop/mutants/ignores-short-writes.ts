// Wrong: goes on reading although the socket took less than it was given.
// Found: bytes-differ situation=short-counts
import { EINTR, Mapping, open, read, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(65_536);
  for (;;) {
    const got = read(file.fd, buffer.address, 65_536);
    if (got === 0) return;
    if (got === -EINTR) continue;
    if (got < 0) throw new SyscallError('read', -got);
    const took = write(socket, buffer.address, got);
    if (took < 0 && took !== -EINTR) throw new SyscallError('write', -took);
  }
}
