/**
 * Send a file with sendfile, of any size.
 *
 * send() gets a connected socket and the path of a file. It must put every byte of the file into the socket by
 * sendfile(2), and no other call may carry any of it. It is right for a file that goes in one call.
 */
import { OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  // The kernel reads where to begin from this cell, and leaves in it where it stopped.
  using offset = new OffsetCell();
  const sent = sendfile(socket, file.fd, offset, 2 ** 30);
  // TODO: is one call enough? What does sendfile say at the end of the file, and what when a signal came first?
  if (sent < 0) throw new SyscallError('sendfile', -sent);
}
