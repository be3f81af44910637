// Wrong: loops, and takes an interrupted call for a failure.
// Found: threw situation=interrupted fileBytes=300007 arrived=0
import { fstat, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using from = new OffsetCell();
  const { size } = fstat(file.fd);
  while (from.get() < size) {
    const sent = sendfile(socket, file.fd, from, size - from.get());
    if (sent < 0) throw new SyscallError('sendfile', -sent);
  }
}
