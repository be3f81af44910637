import { OffsetCell, openPipe, pageSize, spliceIn, spliceOut } from '#libc';
import { type Mover, type Sink, type Source, stepOf, type Technique } from './mover.ts';

/** splice(2) from the file into a pipe and from the pipe into the socket: page references all the way. */
export const splice: Technique = { id: 'splice', open };

/** Default of /proc/sys/fs/pipe-max-size: what any process may ask for. */
const PIPE_LIMIT_BYTES = 2 ** 20;

function open(source: Source, sink: Sink, chunk: number): Mover {
  // A pipe holds page references: a chunk that does not start on a page boundary touches one page more.
  const pipe = openPipe(Math.min(chunk + pageSize(), PIPE_LIMIT_BYTES));
  const cell = new OffsetCell();
  const calls = { pipe2: 1, splice: 0 };
  // The pipe holds `held` bytes; the first comes from `next` of the file.
  let held = 0;
  let next = 0;

  return {
    calls,
    step(offset, count) {
      if (held === 0) {
        cell.set(offset);
        calls.splice++;
        const got = spliceIn(source.fd, cell, pipe.writeEnd, Math.min(count, chunk, pipe.capacity));
        if (got === 0) return 'ended';
        if (got < 0) return stepOf('splice', got);
        held = got;
        next = offset;
      } else if (offset !== next) {
        throw new RangeError(`Cannot move from offset ${offset}: the pipe holds bytes from offset ${next}`);
      }
      calls.splice++;
      const sent = spliceOut(pipe.readEnd, sink.fd, Math.min(count, held));
      if (sent < 0) return stepOf('splice', sent);
      held -= sent;
      next += sent;
      return sent;
    },
    [Symbol.dispose]() {
      pipe[Symbol.dispose]();
      cell[Symbol.dispose]();
    },
  };
}
