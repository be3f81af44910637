// Wrong: writes the header and the file into a temporary file and sends that by sendfile.
// Delivers: every byte
// Found: other-file call=sendfile moved=0 other=sendfile
import { rmSync, writeFileSync } from 'node:fs';
import { copyFileRange, EINTR, O_RDWR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  const glued = `${path}.glued`;
  writeFileSync(glued, header);
  using source = open(path);
  using file = open(glued, O_RDWR);
  rmSync(glued);
  using from = new OffsetCell();
  using to = new OffsetCell();
  to.set(header.length);
  for (let done = -1; done !== 0; moved('copy_file_range', done))
    done = copyFileRange(source.fd, from, file.fd, to, 2 ** 30);
  using offset = new OffsetCell();
  for (let sent = -1; sent !== 0; moved('sendfile', sent)) sent = sendfile(socket, file.fd, offset, 2 ** 30);
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
