// Wrong: asks one client after the other, again and again, and never waits for any of them.
// Delivers: every byte
// Found: spins situation=client-stalls waits=0
import { EAGAIN, ECONNRESET, EINTR, EPIPE, OffsetCell, open, SyscallError, sendfile } from '#libc';

export interface Client {
  readonly socket: number;
  readonly path: string;
}

export function serve(clients: readonly Client[]): void {
  using held = new DisposableStack();
  let jobs = clients.map(({ socket, path }) => {
    return { socket, fd: held.use(open(path)).fd, cell: held.use(new OffsetCell()) };
  });
  while (jobs.length > 0)
    jobs = jobs.filter(({ socket, fd, cell }) => {
      const sent = sendfile(socket, fd, cell, 65_536);
      if (sent === 0 || sent === -EPIPE || sent === -ECONNRESET) return false;
      if (sent < 0 && sent !== -EAGAIN && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
      return true;
    });
}
