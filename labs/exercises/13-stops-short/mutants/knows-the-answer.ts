// Wrong: makes up for the one limit that it has heard of: calls again when exactly 2,147,479,552 bytes went.
// Found: bytes-missing situation=short-counts fileBytes=1000003 arrived=40009
import { EINTR, fstat, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using from = new OffsetCell();
  const { size } = fstat(file.fd);
  for (let sent = -EINTR; sent === -EINTR || sent === 2_147_479_552; ) {
    sent = sendfile(socket, file.fd, from, size - from.get());
    if (sent < 0 && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
  }
}
