/**
 * Send a range of a file: what an HTTP range request or a Kafka fetch asks for.
 *
 * sendRange() gets a connected socket, the path of a file, an offset and a count. It must put exactly these bytes into
 * the socket by sendfile(2). The range may begin, end or lie as a whole beyond 2 GiB, and may be longer than that. It
 * always lies within the file.
 */
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function sendRange(socket: number, path: string, offset: number, count: number): void {
  using file = open(path);
  using cell = new OffsetCell();
  cell.set(offset);
  // TODO: this goes on to the end of the file. When has enough been sent, and how much is left to ask for?
  for (;;) {
    const sent = sendfile(socket, file.fd, cell, count);
    if (sent === 0) return;
    if (sent < 0 && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
  }
}
