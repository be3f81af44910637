// Wrong: leaves the pipe to the kernel, by sendfile.
// Delivers: every byte
// Found: not-by-call call=splice moved=0 other=sendfile otherBytes=4194299
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using offset = new OffsetCell();
  for (;;) {
    const sent = sendfile(socket, file.fd, offset, 2 ** 30);
    if (sent === 0) return;
    moved('sendfile', sent);
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
