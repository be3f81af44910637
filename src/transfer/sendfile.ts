import { OffsetCell, sendfile as sendfileCall } from '#libc';
import { type Mover, type Sink, type Source, stepOf, type Technique } from './mover.ts';

/** sendfile(2): the socket's send queue gets references to the pages of the page cache, and no byte is copied. */
export const sendfile: Technique = { id: 'sendfile', open };

function open(source: Source, sink: Sink, chunk: number): Mover {
  const cell = new OffsetCell();
  const calls = { sendfile: 0 };

  return {
    calls,
    step(offset, count) {
      cell.set(offset);
      calls.sendfile++;
      const sent = sendfileCall(sink.fd, source.fd, cell, Math.min(count, chunk));
      if (sent === 0) return 'ended';
      return sent < 0 ? stepOf('sendfile', sent) : sent;
    },
    [Symbol.dispose]() {
      cell[Symbol.dispose]();
    },
  };
}
