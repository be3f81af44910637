import { rmSync } from 'node:fs';
import {
  type Descriptor,
  EINTR,
  fstat,
  fsync,
  ftruncate,
  O_CREAT,
  O_RDWR,
  open,
  preadBytes,
  pwriteBytes,
  SyscallError,
} from '#libc';
import { type BatchHeader, extentOf, HEADER_BYTES, readHeader } from './record-batch.ts';
import type { Slice } from './slice.ts';

/** Where a batch lies, and which offsets it holds. */
export interface Place {
  readonly position: number;
  readonly bytes: number;
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
}

/** Where a batch lies, and what its header says. */
export interface Found {
  readonly position: number;
  readonly header: BatchHeader;
}

/**
 * The `.log` file of a segment: record batches back to back, written once and handed out as slices. The descriptor is
 * closed when the segment is done with it and the last slice has been released.
 */
export class LogFile implements Disposable {
  readonly path: string;
  readonly #file: Descriptor;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #bytes: number;
  /** Slices that are out, and the segment itself. */
  #holders = 1;
  #disposed = false;

  /** Opens it, and makes it when there is none. @throws {SyscallError} */
  constructor(path: string) {
    this.path = path;
    this.#file = open(path, O_RDWR | O_CREAT, 0o644);
    this.#bytes = fstat(this.#file.fd).size;
  }

  /** Bytes of whole batches in it. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Writes batches behind the last one, into the page cache. When that fails half-way, a full disk say, the file is cut
   * back to what it was.
   * @throws {SyscallError}
   */
  append(batches: Uint8Array): void {
    for (let done = 0; done < batches.length; ) {
      const wrote = pwriteBytes(this.#file.fd, batches.subarray(done), this.#bytes + done);
      if (wrote === -EINTR) continue;
      if (wrote < 0) {
        ftruncate(this.#file.fd, this.#bytes);
        throw new SyscallError('pwrite', -wrote, `to '${this.path}'`);
      }
      done += wrote;
    }
    this.#bytes += batches.length;
  }

  /** The header at `position`; null when fewer than 61 bytes are there. */
  header(position: number): BatchHeader | null {
    if (position + HEADER_BYTES > this.#bytes) return null;
    return this.read(position, this.#header) === HEADER_BYTES ? readHeader(this.#header, 0) : null;
  }

  /** What a search has to know of the batch at `position`; null where none begins. */
  place(position: number): Place | null {
    if (position + HEADER_BYTES > this.#bytes || this.read(position, this.#header) < HEADER_BYTES) return null;
    const { baseOffset, lastOffset, bytes } = extentOf(this.#header, 0);
    return bytes < HEADER_BYTES ? null : { position, bytes, baseOffset, lastOffset };
  }

  /** The batches from `position`, which must be where one begins, as far as their headers lead. */
  *batches(position: number): Generator<Found> {
    for (let at = position; ; ) {
      const header = this.header(at);
      if (header === null || header.bytes < HEADER_BYTES) return;
      yield { position: at, header };
      at += header.bytes;
    }
  }

  /** Fills `into` from `position`, as far as the file goes. @returns bytes @throws {SyscallError} */
  read(position: number, into: Uint8Array): number {
    let done = 0;
    while (done < into.length) {
      const got = preadBytes(this.#file.fd, done === 0 ? into : into.subarray(done), position + done);
      if (got === -EINTR) continue;
      if (got < 0) throw new SyscallError('pread', -got, `from '${this.path}'`);
      if (got === 0) break;
      done += got;
    }
    return done;
  }

  /** A piece of the file, which stays open until the piece is released. */
  slice(position: number, bytes: number): Slice {
    let held = true;
    this.#holders++;
    const release = () => {
      if (held) this.#letGo();
      held = false;
    };
    const behind = this.#bytes - position - bytes;
    return { fd: this.#file.fd, position, bytes, behind, path: this.path, release };
  }

  /** Cuts it to its first `bytes`. @throws {SyscallError} */
  truncate(bytes: number): void {
    if (bytes === this.#bytes) return;
    ftruncate(this.#file.fd, bytes);
    this.#bytes = bytes;
  }

  /** Waits until all of it is on the disk. @throws {SyscallError} */
  flush(): void {
    fsync(this.#file.fd);
  }

  /** Takes its name away. What slices point to stays readable until they are released. */
  unlink(): void {
    rmSync(this.path, { force: true });
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#letGo();
  }

  #letGo(): void {
    this.#holders--;
    if (this.#holders === 0) this.#file[Symbol.dispose]();
  }
}
