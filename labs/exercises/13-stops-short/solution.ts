/** The transfer with the loop that was missing. */
import { EINTR, fstat, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using from = new OffsetCell();
  const { size } = fstat(file.fd);
  // vvv changed: what a call returns is how much went. It may be less than was asked for, and never more than 0x7ffff000.
  while (from.get() < size) {
    const sent = sendfile(socket, file.fd, from, size - from.get());
    if (sent === -EINTR) continue;
    if (sent < 0) throw new SyscallError('sendfile', -sent);
    // The file was cut meanwhile: without this the loop would never end.
    if (sent === 0) throw new RangeError(`The file ends at ${from.get()}, and had ${size} bytes`);
  }
}
