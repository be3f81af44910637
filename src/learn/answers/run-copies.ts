/** A real copying loop, for its calls to be counted: `node run-copies.ts ORDER.json`. Started by count-copies.ts. */
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { Mapping, open, openPipe, type Pipe, read, SyscallError, setNonBlocking, write } from '#libc';
import type { CopyOrder, CopyReport } from './count-copies.ts';

const order = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as CopyOrder;
// All pipes stay open until the end, so that each keeps a number of its own.
const reports = order.copies.map(({ path, bufferBytes, takesBytes }): CopyReport => {
  const pipe = openPipe(takesBytes);
  setNonBlocking(pipe.writeEnd, true);
  const counted = copy(path, pipe, bufferBytes);
  return { ...counted, pipe: readlinkSync(`/proc/self/fd/${pipe.writeEnd}`), takesBytes: pipe.capacity };
});
writeFileSync(order.report, JSON.stringify(reports));

/** The loop of the exercise. The pipe takes as much as it can hold, and is emptied before the next write. */
function copy(path: string, pipe: Pipe, bufferBytes: number): { reads: number; writes: number } {
  using file = open(path);
  using buffer = Mapping.anonymous(bufferBytes);
  using drain = Mapping.anonymous(pipe.capacity);
  let [reads, writes] = [0, 0];
  for (;;) {
    const got = moved('read', read(file.fd, buffer.address, bufferBytes));
    reads++;
    if (got === 0) return { reads, writes };
    for (let sent = 0; sent < got; ) {
      const took = moved('write', write(pipe.writeEnd, buffer.address + sent, got - sent));
      writes++;
      for (let out = 0; out < took; ) out += moved('read', read(pipe.readEnd, drain.address, took - out));
      sent += took;
    }
  }
}

function moved(call: string, result: number): number {
  if (result < 0) throw new SyscallError(call, -result);
  return result;
}
