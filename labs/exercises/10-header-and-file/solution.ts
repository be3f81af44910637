/** A header and a file: MSG_MORE keeps the header back until the file comes, if one comes. */
import { EINTR, fstat, Mapping, MSG_MORE, OffsetCell, open, SyscallError, send, sendfile } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  using memory = Mapping.anonymous(header.length);
  memory.view().write(header, 'latin1');
  const more = size > 0 ? MSG_MORE : 0;
  // ^^^ added: nothing follows the header of an empty file, and what is kept back for nothing waits for 200 ms.
  for (let at = 0; at < header.length; )
    at += moved('send', send(socket, memory.address + at, header.length - at, more));
  using offset = new OffsetCell();
  // To ask for more than there is would keep back the end of the file too, on kernels before 6.5.
  while (offset.get() < size) moved('sendfile', sendfile(socket, file.fd, offset, size - offset.get()));
}

/** Bytes that a call moved; none when a signal came first. */
function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
