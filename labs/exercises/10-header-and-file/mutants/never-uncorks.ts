// Wrong: corks the socket and never takes the cork off.
// Delivers: every byte
// Found: held-back fileBytes=3001 by=TCP_CORK
import { EINTR, fstat, Mapping, OffsetCell, open, SyscallError, sendfile, setOption, write } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  setOption(socket, 'TCP_CORK', 1);
  using memory = Mapping.anonymous(header.length);
  memory.view().write(header, 'latin1');
  for (let at = 0; at < header.length; ) at += moved('write', write(socket, memory.address + at, header.length - at));
  using offset = new OffsetCell();
  while (offset.get() < size) moved('sendfile', sendfile(socket, file.fd, offset, size - offset.get()));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
