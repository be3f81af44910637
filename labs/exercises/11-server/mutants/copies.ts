// Wrong: serves everybody fairly, by pread and write.
// Delivers: every byte
// Found: not-by-call call=sendfile moved=0 other=pread+write otherBytes=1048571
import {
  EAGAIN,
  ECONNRESET,
  EINTR,
  EPIPE,
  fadvise,
  fileAdvice,
  fstat,
  Mapping,
  open,
  POLLOUT,
  PollSet,
  pageSize,
  pread,
  residentPages,
  SyscallError,
  write,
} from '#libc';

export interface Client {
  readonly socket: number;
  readonly path: string;
}

export function serve(clients: readonly Client[]): void {
  using held = new DisposableStack();
  using set = new PollSet(clients.length);
  using buffer = Mapping.anonymous(65_536);
  const jobs = clients.map(({ socket, path }) => {
    const { fd } = held.use(open(path));
    return { socket, fd, size: fstat(fd).size, at: 0, left: false };
  });
  const wants = (job: (typeof jobs)[number]) => !job.left && job.at < job.size;
  while (jobs.some(wants)) {
    const ready = jobs.map((job) => wants(job) && isThere(job));
    for (const [at, job] of jobs.entries()) ready[at] ? set.set(at, job.socket, POLLOUT) : set.clear(at);
    set.wait(jobs.some((job, at) => wants(job) && !ready[at]) ? 2 : -1);
    for (const [at, job] of jobs.entries()) {
      if (!ready[at] || set.happened(at) === 0) continue;
      const got = pread(job.fd, buffer.address, buffer.length, job.at);
      let sent = got;
      do if (got > 0) sent = write(job.socket, buffer.address, got);
      while (got > 0 && sent === -EINTR);
      if (sent === -EPIPE || sent === -ECONNRESET) job.left = true;
      else if (sent < 0 && sent !== -EAGAIN && sent !== -EINTR) throw new SyscallError('write', -sent);
      job.at += Math.max(0, sent);
    }
  }
}

function isThere({ fd, size, at }: { fd: number; size: number; at: number }): boolean {
  const end = Math.min(size, at + 65_536);
  if (residentPages(fd, at, end - at) >= Math.ceil(end / pageSize()) - Math.floor(at / pageSize())) return true;
  fadvise(fd, fileAdvice.willNeed, at, end - at);
  return false;
}
