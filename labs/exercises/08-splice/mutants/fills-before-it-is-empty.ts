// Wrong: goes on filling the pipe although it still holds something.
// Found: bytes-missing situation=short-counts
import { EINTR, OffsetCell, open, openPipe, SyscallError, spliceIn, spliceOut } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using pipe = openPipe(65_536);
  using offset = new OffsetCell();
  for (;;) {
    const got = spliceIn(file.fd, offset, pipe.writeEnd, pipe.capacity);
    if (got === 0) return;
    if (moved('splice', got) > 0) moved('splice', spliceOut(pipe.readEnd, socket, got));
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
