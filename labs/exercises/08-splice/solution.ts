/** File to pipe to socket: what went into the pipe has to come out before anything new goes in. */
import { EINTR, OffsetCell, open, openPipe, SyscallError, spliceIn, spliceOut } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using pipe = openPipe(65_536);
  using offset = new OffsetCell();
  for (;;) {
    const got = spliceIn(file.fd, offset, pipe.writeEnd, pipe.capacity);
    if (got === 0) return;
    if (got === -EINTR) continue;
    if (got < 0) throw new SyscallError('splice', -got);
    // ^^^ added: a loop that empties the pipe. A full pipe would make the next spliceIn wait for ever, for ourselves.
    for (let held = got; held > 0; ) {
      const sent = spliceOut(pipe.readEnd, socket, held);
      if (sent === -EINTR) continue;
      if (sent < 0) throw new SyscallError('splice', -sent);
      held -= sent;
    }
  }
}
