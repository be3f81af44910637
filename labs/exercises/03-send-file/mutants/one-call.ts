// Wrong: asks fstat for the size, calls sendfile once, and believes that a blocking socket takes everything.
// Found: bytes-missing situation=short-counts
import { EINTR, fstat, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using offset = new OffsetCell();
  const { size } = fstat(file.fd);
  let sent = -EINTR;
  while (sent === -EINTR) sent = sendfile(socket, file.fd, offset, size);
  if (sent < 0) throw new SyscallError('sendfile', -sent);
}
