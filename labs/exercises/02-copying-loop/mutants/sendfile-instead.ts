// Wrong: delivers the file by sendfile, which is another exercise.
// Delivers: every byte
// Found: not-by-call call=read+write moved=0 other=sendfile otherBytes=4194299
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using offset = new OffsetCell();
  for (;;) {
    const sent = sendfile(socket, file.fd, offset, 2 ** 20);
    if (sent === 0) return;
    if (sent < 0 && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
  }
}
