// Wrong: gives everybody up when one client leaves.
// Found: threw situation=client-leaves
import { EAGAIN, EINTR, fstat, OffsetCell, open, POLLOUT, PollSet, SyscallError, sendfile } from '#libc';

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
    set.wait(-1);
    for (const [at, job] of jobs.entries()) {
      if (!wants(job) || set.happened(at) === 0) continue;
      const sent = sendfile(job.socket, job.fd, job.cell, 65_536);
      if (sent < 0 && sent !== -EAGAIN && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
    }
  }
}
