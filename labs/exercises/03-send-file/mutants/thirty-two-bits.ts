// Wrong: keeps the place in 32 bits with a sign, which is right below 2 GiB.
// Found: threw situation=plain fileBytes=2415919111
import { EINTR, fstat, OffsetCell, open, SyscallError, sendfile } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using offset = new OffsetCell();
  const { size } = fstat(file.fd);
  for (let at = 0; at !== size; ) {
    offset.set(at);
    const sent = sendfile(socket, file.fd, offset, Math.min(2 ** 30, size - at));
    if (sent < 0 && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
    at = (at + Math.max(0, sent)) | 0;
  }
}
