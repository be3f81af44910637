/**
 * Find the bug.
 *
 * This sends a file the way many introductions to zero copy show it: open the file, ask how long it is, hand all of it
 * over in one go, close. It was tried with a few files, and they arrived. Of a file of 3 GiB, 2,147,479,552 bytes do,
 * and nobody is told.
 */
import { fstat, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using from = new OffsetCell();
  const { size } = fstat(file.fd);
  // TODO: what does this call promise, and what does it not?
  const sent = sendfile(socket, file.fd, from, size);
  if (sent < 0) throw new SyscallError('sendfile', -sent);
}
