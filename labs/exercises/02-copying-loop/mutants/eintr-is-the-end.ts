// Wrong: takes an interrupted call for a failed one.
// Found: threw situation=interrupted
import { Mapping, open, read, SyscallError, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(65_536);
  for (;;) {
    const got = read(file.fd, buffer.address, 65_536);
    if (got === 0) return;
    if (got < 0) throw new SyscallError('read', -got);
    for (let sent = 0; sent < got; ) {
      const took = write(socket, buffer.address + sent, got - sent);
      if (took < 0) throw new SyscallError('write', -took);
      sent += took;
    }
  }
}
