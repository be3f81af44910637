// Wrong: closes neither end of the pipe.
// Delivers: every byte
// Found: descriptors-left count=2 what=pipe
import { EINTR, OffsetCell, open, openPipe, SyscallError, spliceIn, spliceOut } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const pipe = openPipe(65_536);
  using offset = new OffsetCell();
  for (;;) {
    const got = spliceIn(file.fd, offset, pipe.writeEnd, pipe.capacity);
    if (got === 0) return;
    for (let held = moved('splice', got); held > 0; ) held -= moved('splice', spliceOut(pipe.readEnd, socket, held));
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
