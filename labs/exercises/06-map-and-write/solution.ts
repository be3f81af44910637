/** Map and write: no read and no buffer, and the copy into the socket is still made. */
import { EINTR, fstat, Mapping, open, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  // mmap(2): a length of 0 is EINVAL.
  if (size === 0) return;
  using mapping = Mapping.ofFile(file.fd, 0, size);
  // ^^^ added: using, which unmaps the file also when write fails.
  for (let sent = 0; sent < size; ) {
    const took = write(socket, mapping.address + sent, size - sent);
    if (took === -EINTR) continue;
    if (took < 0) throw new SyscallError('write', -took);
    sent += took;
  }
}
