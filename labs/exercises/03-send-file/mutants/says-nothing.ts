// Wrong: returns as if everything had gone when the receiver has left.
// Found: no-error situation=receiver-leaves
import { EINTR, OffsetCell, open, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using offset = new OffsetCell();
  for (let sent = 1; sent > 0 || sent === -EINTR; ) sent = sendfile(socket, file.fd, offset, 2 ** 30);
}
