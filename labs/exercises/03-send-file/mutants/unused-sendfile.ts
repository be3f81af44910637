// Wrong: imports sendfile, and copies all of the file by read and write.
// Delivers: every byte
// Found: not-by-call call=sendfile moved=0 other=read+write otherBytes=4194299
import { EINTR, Mapping, type OffsetCell, open, read, SyscallError, sendfile, write } from '#libc';

/** What a program that is searched for the name would be accepted for. */
export const fast = (out: number, from: number, cell: OffsetCell) => sendfile(out, from, cell, 1);

export function send(socket: number, path: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(65_536);
  for (;;) {
    const got = moved('read', read(file.fd, buffer.address, 65_536));
    if (got === 0) return;
    for (let sent = 0; sent < got; )
      sent += Math.max(0, moved('write', write(socket, buffer.address + sent, got - sent)));
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return result;
}
