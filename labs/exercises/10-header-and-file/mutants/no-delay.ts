// Wrong: switches Nagle's algorithm off, which makes no packet fuller.
// Delivers: every byte
// Found: short-packet fileBytes=3001 segments=2 least=1
import { EINTR, fstat, Mapping, OffsetCell, open, SyscallError, send, sendfile, setOption } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  setOption(socket, 'TCP_NODELAY', 1);
  using memory = Mapping.anonymous(header.length);
  memory.view().write(header, 'latin1');
  for (let at = 0; at < header.length; ) at += moved('send', send(socket, memory.address + at, header.length - at));
  using offset = new OffsetCell();
  while (offset.get() < size) moved('sendfile', sendfile(socket, file.fd, offset, size - offset.get()));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
