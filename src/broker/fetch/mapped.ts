import { MAX_CALL_BYTES } from '#model/paths/path.ts';
import { mmapWrite } from '#transfer/mmap-write.ts';
import type { Mover } from '#transfer/mover.ts';
import type { Slice } from '../storage/slice.ts';
import type { FetchPath } from './path.ts';

/** Log files that stay mapped; the one that was used longest ago makes room. */
const MOST_MAPPINGS = 64;
/** Mapped beyond what is asked for, so that a log that grows is not mapped anew for every fetch. */
const AHEAD_BYTES = 2 ** 26;

/**
 * write(2) from a mapping of the log file: one copy by the CPU, and a fault for pages that are not mapped yet. A file is
 * mapped once for all connections, as mapping it costs more than sending a small slice of it.
 */
export function mapped(): FetchPath {
  const files = new MappedFiles();
  return {
    name: 'mapped',
    open: (sink) => ({
      step(slice, done, count) {
        const { ends, mover } = files.of(slice);
        ends.source.fd = slice.fd;
        ends.sink.fd = sink.fd;
        return mover.step(slice.position + done, count);
      },
      // The mappings are shared: a connection that closes leaves them.
      [Symbol.dispose]() {},
    }),
    [Symbol.dispose]: () => files[Symbol.dispose](),
  };
}

interface MappedFile {
  /** What the mover moves between; the descriptors change from step to step. */
  readonly ends: { readonly source: { fd: number; readonly bytes: number }; readonly sink: { fd: number } };
  readonly mover: Mover;
}

class MappedFiles implements Disposable {
  /** By path, the one that was used longest ago first. A log file's path is never used again for another. */
  readonly #files = new Map<string, MappedFile>();

  of(slice: Slice): MappedFile {
    let file = this.#files.get(slice.path);
    this.#files.delete(slice.path);
    const end = slice.position + slice.bytes;
    if (file && file.ends.source.bytes < end) {
      file.mover[Symbol.dispose]();
      file = undefined;
    }
    file ??= map(slice.fd, end + AHEAD_BYTES);
    this.#files.set(slice.path, file);
    this.#shrinkTo(MOST_MAPPINGS);
    return file;
  }

  [Symbol.dispose](): void {
    this.#shrinkTo(0);
  }

  #shrinkTo(most: number): void {
    for (const [path, { mover }] of this.#files) {
      if (this.#files.size <= most) return;
      this.#files.delete(path);
      mover[Symbol.dispose]();
    }
  }
}

function map(fd: number, bytes: number): MappedFile {
  const ends = { source: { fd, bytes }, sink: { fd: -1 } };
  return { ends, mover: mmapWrite.open(ends.source, ends.sink, MAX_CALL_BYTES) };
}
