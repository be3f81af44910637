// Wrong: takes EAGAIN for the end of the transfer.
// Found: bytes-missing situation=client-stalls
import { EAGAIN, EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export interface Client {
  readonly socket: number;
  readonly path: string;
}

export function serve(clients: readonly Client[]): void {
  for (const { socket, path } of clients) {
    using file = open(path);
    using offset = new OffsetCell();
    for (let sent = -EINTR; sent > 0 || sent === -EINTR; ) {
      sent = sendfile(socket, file.fd, offset, 65_536);
      if (sent < 0 && sent !== -EAGAIN && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
    }
  }
}
