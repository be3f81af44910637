/** A file by sendfile: the kernel keeps the place, and 0 says that there is no more. */
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

/** sendfile(2), NOTES: one call moves at most this much, whatever it is asked for. */
const MOST_BYTES = 0x7ffff000;

export function send(socket: number, path: string): void {
  using file = open(path);
  using offset = new OffsetCell();
  for (;;) {
    // ^^^ added: a loop. The cell has moved on by what was sent, so the next call begins where this one stopped.
    const sent = sendfile(socket, file.fd, offset, MOST_BYTES);
    if (sent === 0) return;
    if (sent === -EINTR) continue;
    if (sent < 0) throw new SyscallError('sendfile', -sent);
  }
}
