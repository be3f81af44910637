// Wrong: maps the file, and sends it by sendfile.
// Delivers: every byte
// Found: not-by-call call=mmap+write moved=0 other=sendfile otherBytes=4194299
import { EINTR, fstat, Mapping, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  if (size === 0) return;
  using _unused = Mapping.ofFile(file.fd, 0, size);
  using cell = new OffsetCell();
  while (cell.get() < size) moved('sendfile', sendfile(socket, file.fd, cell, size));
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
