// Wrong: asks for the pages of a piece, and looks again and again until they are there, while nobody is served.
// Found: starved situation=cold-file others=2
import {
  EAGAIN,
  ECONNRESET,
  EINTR,
  EPIPE,
  fadvise,
  fileAdvice,
  fstat,
  OffsetCell,
  open,
  POLLOUT,
  PollSet,
  pageSize,
  residentPages,
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
    set.wait(-1);
    for (const [at, job] of jobs.entries()) {
      if (!wants(job) || set.happened(at) === 0) continue;
      const begin = job.cell.get();
      const count = Math.min(65_536, job.size - begin);
      const pages = Math.ceil((begin + count) / pageSize()) - Math.floor(begin / pageSize());
      while (residentPages(job.fd, begin, count) < pages) fadvise(job.fd, fileAdvice.willNeed, begin, count);
      const sent = sendfile(job.socket, job.fd, job.cell, 65_536);
      if (sent === -EPIPE || sent === -ECONNRESET) job.left = true;
      else if (sent < 0 && sent !== -EAGAIN && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
    }
  }
}
