// Wrong: returns by an error when the receiver leaves, and never closes the file.
// Found: descriptors-left situation=receiver-leaves count=1 what=file
import { close, EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  const file = open(path);
  const offset = new OffsetCell();
  for (;;) {
    const sent = sendfile(socket, file.fd, offset, 2 ** 30);
    if (sent === 0) break;
    if (sent < 0 && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
  }
  close(file.fd);
}
