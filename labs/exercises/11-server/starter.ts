/**
 * Serve several clients at once, from one thread.
 *
 * serve() gets the connected sockets of several clients, none of which blocks, and for each the path of the file that
 * this client is to get by sendfile(2). It comes back when everybody has all of it, or has left. It is right as long as
 * every client reads quickly, and as long as every file is in memory.
 */
import { EAGAIN, ECONNRESET, EINTR, EPIPE, OffsetCell, open, POLLOUT, SyscallError, sendfile, waitFor } from '#libc';

export interface Client {
  readonly socket: number;
  readonly path: string;
}

export function serve(clients: readonly Client[]): void {
  // TODO: whoever stands behind a client that does not read waits for ever. And whom does a page on the disk keep waiting?
  for (const { socket, path } of clients) {
    using file = open(path);
    using offset = new OffsetCell();
    for (;;) {
      const sent = sendfile(socket, file.fd, offset, 65_536);
      if (sent === 0 || sent === -EPIPE || sent === -ECONNRESET) break;
      if (sent === -EAGAIN) waitFor(socket, POLLOUT, -1);
      else if (sent < 0 && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
    }
  }
}
