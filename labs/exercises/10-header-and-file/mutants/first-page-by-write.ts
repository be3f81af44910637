// Wrong: copies the first 8 KiB of the file behind the header, so that one call sends both, and only then uses sendfile.
// Delivers: every byte
// Found: from-memory call=sendfile moved=4186107 otherBytes=8270
import { EINTR, Mapping, OffsetCell, open, pread, SyscallError, sendfile, write } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(65_536);
  const head = buffer.view().write(header, 'latin1');
  let first = 0;
  for (let got = -1; got !== 0 && first < 8192; first += moved('pread', got))
    got = pread(file.fd, buffer.address + head + first, 8192 - first, first);
  for (let at = 0; at < head + first; ) at += moved('write', write(socket, buffer.address + at, head + first - at));
  using offset = new OffsetCell();
  offset.set(first);
  for (let sent = -1; sent !== 0; moved('sendfile', sent)) sent = sendfile(socket, file.fd, offset, 2 ** 30);
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
