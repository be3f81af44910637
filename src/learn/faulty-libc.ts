/**
 * '#libc' as a learner's program sees it: the real one, whose calls that move data can be made to do less. A shortened
 * call is really made, with a smaller count; an interrupted one is not made and gives -EINTR. Both are ordinary answers
 * of a kernel, only more frequent here than in life: read(2), write(2), sendfile(2), splice(2). What a server does when it
 * cannot go on is looked at on the way (observed.ts).
 */
import * as libc from '#libc';
import { interrupted, shortened, shortenedReference } from './faults.ts';
import { answered, asksAhead, taking, waited } from './observed.ts';

export * from '#libc';

export function read(...[fd, address, count]: Parameters<typeof libc.read>): number {
  return interrupted() ? -libc.EINTR : answered(libc.read(fd, address, shortened(count)));
}

export function pread(...[fd, address, count, offset]: Parameters<typeof libc.pread>): number {
  taking('pread', fd, offset, count);
  return interrupted() ? -libc.EINTR : libc.pread(fd, address, shortened(count), offset);
}

export function write(...[fd, address, count]: Parameters<typeof libc.write>): number {
  return interrupted() ? -libc.EINTR : answered(libc.write(fd, address, shortened(count)));
}

export function send(...[fd, address, count, flags]: Parameters<typeof libc.send>): number {
  return interrupted() ? -libc.EINTR : answered(libc.send(fd, address, shortened(count), flags));
}

export function sendfile(...[out, from, cell, count]: Parameters<typeof libc.sendfile>): number {
  taking('sendfile', from, cell.get(), count);
  return interrupted() ? -libc.EINTR : answered(libc.sendfile(out, from, cell, shortenedReference(count, from)));
}

export function spliceIn(...[file, cell, pipe, count, flags]: Parameters<typeof libc.spliceIn>): number {
  taking('splice', file, cell.get(), count);
  return interrupted() ? -libc.EINTR : libc.spliceIn(file, cell, pipe, shortenedReference(count, file), flags);
}

export function spliceOut(...[pipe, out, count, flags]: Parameters<typeof libc.spliceOut>): number {
  return interrupted() ? -libc.EINTR : answered(libc.spliceOut(pipe, out, shortenedReference(count, pipe), flags));
}

export function fadvise(...[fd, advice, offset = 0, length = 0]: Parameters<typeof libc.fadvise>): void {
  if (!asksAhead(fd, advice, offset, length)) libc.fadvise(fd, advice, offset, length);
}

export class PollSet extends libc.PollSet {
  override wait(timeoutMs: number): number {
    const happened = super.wait(timeoutMs);
    waited(timeoutMs, happened > 0);
    return happened;
  }
}

export function waitFor(...[fd, events, timeoutMs]: Parameters<typeof libc.waitFor>): boolean {
  const ready = libc.waitFor(fd, events, timeoutMs);
  waited(timeoutMs, ready);
  return ready;
}
