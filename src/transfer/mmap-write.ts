import { EFAULT, fstat, Mapping, write } from '#libc';
import { type Mover, type Sink, type Source, stepOf, type Technique } from './mover.ts';

/**
 * mmap(2) the file, write(2) from the mapping: one CPU copy less, and a page fault for pages that are not mapped yet.
 *
 * The mapping has the file's length when it was opened. When the file is truncated meanwhile, a write that reaches whole
 * pages past the new end gives EFAULT, and only then is its length asked for again; the rest of the last page reads as
 * zeros (mmap(2)), which nothing can tell from data. Files that are sent this way must not shrink.
 */
export const mmapWrite: Technique = { id: 'mmap-write', open };

function open(source: Source, sink: Sink, chunk: number): Mover {
  const mapping = source.bytes > 0 ? Mapping.ofFile(source.fd, 0, source.bytes) : null;
  const calls = { mmap: mapping ? 1 : 0, write: 0 };

  return {
    calls,
    step(offset, count) {
      if (!mapping || offset >= source.bytes) return 'ended';
      const asked = Math.min(count, chunk, source.bytes - offset);
      calls.write++;
      let sent = write(sink.fd, mapping.address + offset, asked);
      if (sent === -EFAULT) {
        const left = fstat(source.fd).size - offset;
        if (left <= 0) return 'ended';
        calls.write++;
        sent = write(sink.fd, mapping.address + offset, Math.min(asked, left));
      }
      return sent < 0 ? stepOf('write', sent) : sent;
    },
    [Symbol.dispose]() {
      mapping?.[Symbol.dispose]();
    },
  };
}
