/** What a source file holds: known bytes at known places, and zeros between them, which take no room on the disk. */
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

interface Stamp {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** Bytes of a stamp in a sparse file. */
const STAMP_BYTES = 4096;

/** Compared with what should be zeros. */
const zeros = Buffer.alloc(2 ** 20);

export class Content {
  readonly bytes: number;
  readonly #stamps: readonly Stamp[];

  private constructor(bytes: number, stamps: readonly Stamp[]) {
    this.bytes = bytes;
    this.#stamps = stamps;
  }

  /** Random from the first byte to the last: nobody can know it without reading the file. */
  static random(bytes: number): Content {
    return new Content(bytes, [{ offset: 0, bytes: randomBytes(bytes) }]);
  }

  /** Random around these offsets, which may lie beyond 2 GiB and may not overlap, and zeros elsewhere. */
  static sparse(bytes: number, around: readonly number[]): Content {
    const stamps = around.map((offset) => {
      const begin = Math.max(0, offset - STAMP_BYTES / 2);
      return { offset: begin, bytes: randomBytes(Math.min(STAMP_BYTES, bytes - begin)) };
    });
    return new Content(bytes, stamps);
  }

  /** What a stream holds that begins with other bytes. */
  behind(head: Buffer): Content {
    const moved = this.#stamps.map(({ offset, bytes }) => ({ offset: offset + head.length, bytes }));
    return new Content(this.bytes + head.length, [{ offset: 0, bytes: head }, ...moved]);
  }

  /** Whether it has zeros between its stamps. */
  get sparse(): boolean {
    return this.#stamps.reduce((sum, { bytes }) => sum + bytes.length, 0) < this.bytes;
  }

  /** Makes the file. */
  write(path: string): void {
    const fd = openSync(path, 'w', 0o600);
    try {
      ftruncateSync(fd, this.bytes);
      for (const { offset, bytes } of this.#stamps)
        for (let done = 0; done < bytes.length; )
          done += writeSync(fd, bytes, done, bytes.length - done, offset + done);
    } finally {
      closeSync(fd);
    }
  }

  /** The same number of bytes, none of which is what the file holds at its place. */
  inverse(): Buffer {
    const all = Buffer.alloc(this.bytes);
    for (const { offset, bytes } of this.#stamps) all.set(bytes, offset);
    return all.map((byte) => byte ^ 0xff) as Buffer;
  }

  /** Place of the first byte of `chunk` that is not what the file holds from `offset` on; null when all are. */
  difference(offset: number, chunk: Buffer): number | null {
    const end = offset + chunk.length;
    let at = offset;
    for (const stamp of this.#stamps.toSorted((a, b) => a.offset - b.offset)) {
      const [from, to] = [Math.max(at, stamp.offset), Math.min(end, stamp.offset + stamp.bytes.length)];
      if (from >= to) continue;
      const found =
        notZero(chunk, at - offset, from - offset) ??
        different(
          chunk.subarray(from - offset, to - offset),
          stamp.bytes.subarray(from - stamp.offset, to - stamp.offset),
          from - offset,
        );
      if (found !== null) return offset + found;
      at = to;
    }
    const found = notZero(chunk, at - offset, chunk.length);
    return found === null ? null : offset + found;
  }
}

function notZero(chunk: Buffer, from: number, to: number): number | null {
  for (let at = from; at < to; at += zeros.length) {
    const part = chunk.subarray(at, Math.min(to, at + zeros.length));
    const found = different(part, zeros.subarray(0, part.length), at);
    if (found !== null) return found;
  }
  return null;
}

/** Where two pieces of one length differ first, counted from `base`; null when they are equal. */
function different(found: Buffer, expected: Buffer, base: number): number | null {
  if (found.equals(expected)) return null;
  return base + found.findIndex((byte, at) => byte !== expected[at]);
}
