// Wrong: copies the file to a temporary one first, and sends that by sendfile.
// Delivers: every byte
// Found: other-file call=sendfile moved=0 other=sendfile otherBytes=4194299
import { copyFileSync, rmSync } from 'node:fs';
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  copyFileSync(path, `${path}.copy`);
  using file = open(`${path}.copy`);
  rmSync(`${path}.copy`);
  using offset = new OffsetCell();
  for (;;) {
    const sent = sendfile(socket, file.fd, offset, 2 ** 30);
    if (sent === 0) return;
    if (sent < 0 && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
  }
}
