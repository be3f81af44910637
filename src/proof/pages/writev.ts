import { Mapping, pread, writev } from '#libc';
import { stepOf, type Technique } from '#transfer/mover.ts';

/**
 * pread(2) into a buffer, writev(2) of its two halves: vectored I/O, which the articles mistake for scatter-gather. The
 * kernel gathers the parts by copying them.
 */
export const vectoredWrite: Technique = {
  id: 'writev',
  open(source, sink, chunk) {
    const buffer = Mapping.anonymous(chunk);
    const calls = { pread: 0, writev: 0 };
    return {
      calls,
      step(offset, count) {
        calls.pread++;
        const got = pread(source.fd, buffer.address, Math.min(count, chunk), offset);
        if (got === 0) return 'ended';
        if (got < 0) return stepOf('pread', got);
        const half = Math.ceil(got / 2);
        calls.writev++;
        const sent = writev(sink.fd, [
          { address: buffer.address, length: half },
          { address: buffer.address + half, length: got - half },
        ]);
        return sent < 0 ? stepOf('writev', sent) : sent;
      },
      [Symbol.dispose]() {
        buffer[Symbol.dispose]();
      },
    };
  },
};
