// Wrong: calls sendfile twice, which is enough for this file and for none of twice its size.
// Found: bytes-missing situation=short-counts fileBytes=1000003 arrived=80018
import { EINTR, fstat, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using from = new OffsetCell();
  const { size } = fstat(file.fd);
  for (let calls = 0; calls < 2 && from.get() < size; ) {
    const sent = sendfile(socket, file.fd, from, size - from.get());
    if (sent === -EINTR) continue;
    if (sent < 0) throw new SyscallError('sendfile', -sent);
    calls++;
  }
}
