// Wrong: never closes the file.
// Delivers: every byte
// Found: descriptors-left count=1 what=file
import { EINTR, Mapping, open, read, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  const file = open(path);
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
