// Wrong: stops when a signal comes first, as if the file had ended.
// Found: bytes-missing situation=interrupted
import { EINTR, OffsetCell, open, openPipe, SyscallError, spliceIn, spliceOut } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using pipe = openPipe(65_536);
  using offset = new OffsetCell();
  for (;;) {
    const got = moved('splice', spliceIn(file.fd, offset, pipe.writeEnd, pipe.capacity));
    if (got === 0) return;
    for (let held = got; held > 0; ) held -= moved('splice', spliceOut(pipe.readEnd, socket, held));
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
