// Wrong: repeats every call that failed, also when the receiver is gone for good.
// Found: hang situation=receiver-leaves
import { Mapping, open, read, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(65_536);
  for (;;) {
    const got = read(file.fd, buffer.address, 65_536);
    if (got === 0) return;
    for (let sent = 0; sent < got; ) sent += Math.max(0, write(socket, buffer.address + sent, got - sent));
  }
}
