// Wrong: believes that a short header always goes in one call.
// Found: header-differs situation=short-counts fileBytes=1000003
import { EINTR, fstat, Mapping, MSG_MORE, OffsetCell, open, SyscallError, send, sendfile } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  using memory = Mapping.anonymous(header.length);
  memory.view().write(header, 'latin1');
  while (moved('send', send(socket, memory.address, header.length, size > 0 ? MSG_MORE : 0)) === 0);
  using offset = new OffsetCell();
  while (offset.get() < size) moved('sendfile', sendfile(socket, file.fd, offset, size - offset.get()));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
