// Wrong: gives sendfile up, and copies the file by read and write.
// Delivers: every byte
// Found: not-by-call call=sendfile moved=0 other=read+write otherBytes=4194299
import { EINTR, Mapping, open, read, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(1_048_576);
  for (let got = -1; got !== 0; ) {
    got = read(file.fd, buffer.address, buffer.length);
    const held = moved('read', got);
    for (let sent = 0; sent < held; ) sent += moved('write', write(socket, buffer.address + sent, held - sent));
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
