// Wrong: puts the header and the beginning of the file into one buffer and writes that, and the rest the same way.
// Delivers: every byte
// Found: not-by-call call=sendfile moved=0 other=pread+write otherBytes=4128841
import { EINTR, Mapping, open, pread, SyscallError, write } from '#libc';

export function sendWithHeader(socket: number, path: string, header: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(65_536);
  let held = buffer.view().write(header, 'latin1');
  for (let offset = 0, ended = false; !ended; held = 0) {
    const got = pread(file.fd, buffer.address + held, buffer.length - held, offset);
    ended = got === 0;
    const all = held + moved('pread', got);
    for (let at = 0; at < all; ) at += moved('write', write(socket, buffer.address + at, all - at));
    offset += all - held;
  }
}

function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
