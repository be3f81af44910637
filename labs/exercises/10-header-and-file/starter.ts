/**
 * Send a header and a file behind it, as every web server does.
 *
 * sendWithHeader() gets a connected socket, the path of a file and a header in ASCII. The header goes first, and then
 * every byte of the file by sendfile(2). Every byte of this arrives already. But an answer that is short leaves in two
 * packets, where one would do.
 */
import { EINTR, fstat, Mapping, OffsetCell, open, SyscallError, send, sendfile } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  using memory = Mapping.anonymous(header.length);
  memory.view().write(header, 'latin1');
  // TODO: the kernel sends this at once. How does it learn that more follows, and what if nothing does?
  for (let at = 0; at < header.length; ) at += moved('send', send(socket, memory.address + at, header.length - at));
  using offset = new OffsetCell();
  while (offset.get() < size) moved('sendfile', sendfile(socket, file.fd, offset, size - offset.get()));
}

/** Bytes that a call moved; none when a signal came first. */
function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
