// Wrong: counts what is left in 32 bits, and 3 GiB are negative there.
// Found: bytes-missing fileBytes=3221225472 arrived=0
import { EINTR, fstat, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using from = new OffsetCell();
  for (let left = fstat(file.fd).size | 0; left > 0; ) {
    const sent = sendfile(socket, file.fd, from, left);
    if (sent === -EINTR) continue;
    if (sent < 0) throw new SyscallError('sendfile', -sent);
    left -= sent;
  }
}
