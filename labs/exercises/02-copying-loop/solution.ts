/** The copying loop, right: every count is looked at, and EINTR means "again". */
import { EINTR, Mapping, open, read, SyscallError, write } from '#libc';

const BUFFER_BYTES = 64 * 1024;

export function send(socket: number, path: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(BUFFER_BYTES);
  for (;;) {
    const got = read(file.fd, buffer.address, BUFFER_BYTES);
    if (got === 0) return;
    if (got === -EINTR) continue;
    if (got < 0) throw new SyscallError('read', -got);
    writeAll(socket, buffer.address, got);
  }
}

// ^^^ added: the second loop. What is left begins behind what was taken, and nothing new is read before it is gone.
function writeAll(socket: number, address: number, count: number): void {
  for (let sent = 0; sent < count; ) {
    const took = write(socket, address + sent, count - sent);
    if (took === -EINTR) continue;
    // EPIPE or ECONNRESET: the receiver is gone, and nobody will ever take the rest.
    if (took < 0) throw new SyscallError('write', -took);
    sent += took;
  }
}
