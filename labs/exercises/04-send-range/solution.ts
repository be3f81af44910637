/** A range by sendfile: the cell says how far it is, and so how much is left. */
import { EINTR, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function sendRange(socket: number, path: string, offset: number, count: number): void {
  using file = open(path);
  using cell = new OffsetCell();
  cell.set(offset);
  const end = offset + count;
  // ^^^ added: the end of the range. Offsets are 64-bit for the kernel, and exact in a number up to 2 ** 53.
  while (cell.get() < end) {
    const sent = sendfile(socket, file.fd, cell, end - cell.get());
    if (sent === -EINTR) continue;
    if (sent < 0) throw new SyscallError('sendfile', -sent);
    // The file was cut while it was sent: without this the loop would never end.
    if (sent === 0) throw new RangeError(`The file ends at ${cell.get()}, and the range at ${end}`);
  }
}
