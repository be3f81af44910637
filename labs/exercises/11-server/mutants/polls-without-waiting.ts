// Wrong: asks poll with a limit of 0, again and again, and never lets it wait.
// Delivers: every byte
// Found: spins situation=client-stalls
import {
  EAGAIN,
  ECONNRESET,
  EINTR,
  EPIPE,
  fstat,
  OffsetCell,
  open,
  POLLOUT,
  PollSet,
  SyscallError,
  sendfile,
} from '#libc';

export interface Client {
  readonly socket: number;
  readonly path: string;
}

export function serve(clients: readonly Client[]): void {
  using held = new DisposableStack();
  using set = new PollSet(clients.length);
  const jobs = clients.map(({ socket, path }) => {
    const { fd } = held.use(open(path));
    return { socket, fd, size: fstat(fd).size, cell: held.use(new OffsetCell()), left: false };
  });
  const wants = (job: (typeof jobs)[number]) => !job.left && job.cell.get() < job.size;
  while (jobs.some(wants)) {
    for (const [at, job] of jobs.entries()) wants(job) ? set.set(at, job.socket, POLLOUT) : set.clear(at);
    set.wait(0);
    for (const job of jobs.filter(wants)) {
      const sent = sendfile(job.socket, job.fd, job.cell, 65_536);
      if (sent === -EPIPE || sent === -ECONNRESET) job.left = true;
      else if (sent < 0 && sent !== -EAGAIN && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
    }
  }
}
