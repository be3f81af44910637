import { Mapping, pread, write } from '#libc';
import { type Mover, type Sink, type Source, stepOf, type Technique } from './mover.ts';

/** pread(2) a chunk into a buffer of ours, write(2) it to the socket: the CPU copies every byte twice. */
export const readWrite: Technique = { id: 'read-write', open };

function open(source: Source, sink: Sink, chunk: number): Mover {
  const buffer = Mapping.anonymous(chunk);
  const calls = { pread: 0, write: 0 };
  // The buffer holds `held` bytes that are not sent yet; the first lies at `start` and comes from `next` of the file.
  let start = 0;
  let held = 0;
  let next = 0;

  return {
    calls,
    step(offset, count) {
      if (held === 0 || offset !== next) {
        calls.pread++;
        const got = pread(source.fd, buffer.address, Math.min(count, chunk), offset);
        if (got === 0) return 'ended';
        if (got < 0) return stepOf('pread', got);
        start = 0;
        held = got;
        next = offset;
      }
      calls.write++;
      const sent = write(sink.fd, buffer.address + start, Math.min(count, held));
      if (sent < 0) return stepOf('write', sent);
      start += sent;
      held -= sent;
      next += sent;
      return sent;
    },
    [Symbol.dispose]() {
      buffer[Symbol.dispose]();
    },
  };
}
