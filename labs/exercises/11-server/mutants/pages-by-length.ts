// Wrong: counts the pages of a piece by its length, and forgets the one more where it begins in the middle of a page.
// Delivers: every byte
// Found: cold-call situation=cold-file call=sendfile offset=101 count=65536 pages=17 resident=16
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

const PIECE = 65_536;

export function serve(clients: readonly Client[]): void {
  using held = new DisposableStack();
  using set = new PollSet(clients.length);
  const jobs = clients.map(({ socket, path }) => {
    const file = held.use(open(path));
    return { socket, fd: file.fd, size: fstat(file.fd).size, cell: held.use(new OffsetCell()), left: false };
  });
  const wants = (job: (typeof jobs)[number]) => !job.left && job.cell.get() < job.size;
  while (jobs.some(wants)) {
    const ready = jobs.map((job) => wants(job) && isThere(job.fd, job.cell.get(), job.size));
    for (const [at, job] of jobs.entries()) ready[at] ? set.set(at, job.socket, POLLOUT) : set.clear(at);
    set.wait(jobs.some((job, at) => wants(job) && !ready[at]) ? 2 : -1);
    for (const [at, job] of jobs.entries()) {
      if (!ready[at] || set.happened(at) === 0) continue;
      const sent = sendfile(job.socket, job.fd, job.cell, PIECE);
      if (sent === -EPIPE || sent === -ECONNRESET) job.left = true;
      else if (sent < 0 && sent !== -EAGAIN && sent !== -EINTR) throw new SyscallError('sendfile', -sent);
    }
  }
}

function isThere(fd: number, offset: number, size: number): boolean {
  const end = Math.min(size, offset + PIECE);
  if (residentPages(fd, offset, end - offset) >= Math.ceil((end - offset) / pageSize())) return true;
  fadvise(fd, fileAdvice.willNeed, offset, end - offset);
  return false;
}
