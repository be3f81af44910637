import { Mapping, openPipe, pageSize, spliceOut, vmsplice as vmspliceCall } from '#libc';
import { type Mover, type Sink, type Source, stepOf, type Technique } from '#transfer/mover.ts';

/**
 * vmsplice(2) from a mapping of the file into a pipe, splice(2) from the pipe into the socket: references to the pages of
 * the mapping, which are the file's own.
 */
export const vmsplice: Technique = { id: 'vmsplice', open };

/** Default of /proc/sys/fs/pipe-max-size. */
const PIPE_LIMIT_BYTES = 2 ** 20;

function open(source: Source, sink: Sink, chunk: number): Mover {
  const mapping = Mapping.ofFile(source.fd, 0, source.bytes);
  const pipe = openPipe(Math.min(chunk + pageSize(), PIPE_LIMIT_BYTES));
  const vector = Mapping.anonymous(16);
  const words = vector.view();
  const calls = { mmap: 1, pipe2: 1, vmsplice: 0, splice: 0 };
  // The pipe holds `held` bytes; they come from `next` of the file on.
  let held = 0;
  let next = 0;

  return {
    calls,
    step(offset, count) {
      if (offset >= source.bytes) return 'ended';
      if (held === 0) {
        words.writeBigUInt64LE(BigInt(mapping.address + offset), 0);
        words.writeBigUInt64LE(BigInt(Math.min(count, chunk, pipe.capacity)), 8);
        calls.vmsplice++;
        const got = vmspliceCall(pipe.writeEnd, vector.address);
        if (got < 0) return stepOf('vmsplice', got);
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
      for (const one of [pipe, vector, mapping]) one[Symbol.dispose]();
    },
  };
}
