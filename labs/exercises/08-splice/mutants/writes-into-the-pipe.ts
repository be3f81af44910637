// Wrong: reads the file into a buffer, writes that into the pipe, and splices only the second half of the way.
// Delivers: every byte
// Found: not-by-call call=splice moved=0 other=read+write+splice otherBytes=4194299
import { EINTR, Mapping, open, openPipe, read, SyscallError, spliceOut, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using pipe = openPipe(65_536);
  using buffer = Mapping.anonymous(16_384);
  for (;;) {
    const got = read(file.fd, buffer.address, 16_384);
    if (got === 0) return;
    let held = 0;
    while (held < moved('read', got)) held += moved('write', write(pipe.writeEnd, buffer.address + held, got - held));
    while (held > 0) held -= moved('splice', spliceOut(pipe.readEnd, socket, held));
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
