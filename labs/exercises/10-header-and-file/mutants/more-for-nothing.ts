// Wrong: says that more follows also when the file is empty.
// Delivers: every byte
// Found: held-back fileBytes=0 by=MSG_MORE
import { EINTR, fstat, Mapping, MSG_MORE, OffsetCell, open, SyscallError, send, sendfile } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  using memory = Mapping.anonymous(header.length);
  memory.view().write(header, 'latin1');
  for (let at = 0; at < header.length; )
    at += moved('send', send(socket, memory.address + at, header.length - at, MSG_MORE));
  using offset = new OffsetCell();
  while (offset.get() < size) moved('sendfile', sendfile(socket, file.fd, offset, size - offset.get()));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
