import { EAGAIN, ECONNRESET, EINTR, type Mapping, recv, SyscallError } from '#libc';
import { MalformedFrame } from '../wire/reader.ts';

/** api_key, api_version and correlation_id: what every request has. */
const LEAST_BYTES = 8;

/**
 * Reads one frame after the other from a non-blocking socket, and never past the one it is reading: what a client sends
 * ahead stays in its socket, so that the kernel slows it down and not our memory.
 */
export class FrameReader {
  readonly #fd: number;
  readonly #scratch: Mapping;
  readonly #mostBytes: number;
  #pieces: Buffer[] = [];
  /** Bytes of the frame, its length included, that have come. */
  #got = 0;
  /** Bytes of the frame with its length, once that is known. */
  #size = 4;

  /** @param scratch where bytes arrive first; may be shared, as nothing stays in it */
  constructor(fd: number, scratch: Mapping, mostBytes: number) {
    this.#fd = fd;
    this.#scratch = scratch;
    this.#mostBytes = mostBytes;
  }

  /** Whether a frame has begun and not ended. */
  get partial(): boolean {
    return this.#got > 0;
  }

  /**
   * The next frame without its length; `again` when it has not come yet, `gone` when the client has finished or left.
   * @throws {MalformedFrame} for a length that no request has, or more than is allowed
   */
  read(): Buffer | 'again' | 'gone' {
    for (;;) {
      const wanted = Math.min(this.#size - this.#got, this.#scratch.length);
      const result = recv(this.#fd, this.#scratch.address, wanted);
      if (result === -EINTR) continue;
      if (result === -EAGAIN) return 'again';
      if (result === 0 || result === -ECONNRESET) return 'gone';
      if (result < 0) throw new SyscallError('recv', -result);
      this.#pieces.push(Buffer.from(this.#scratch.view().subarray(0, result)));
      this.#got += result;
      if (this.#got < this.#size) continue;
      if (this.#size > 4) return this.#take();
      this.#size = 4 + this.#length(Buffer.concat(this.#pieces).readInt32BE());
    }
  }

  #length(length: number): number {
    if (length >= LEAST_BYTES && length <= this.#mostBytes) return length;
    throw new MalformedFrame(`Expected a request of ${LEAST_BYTES} to ${this.#mostBytes} bytes, found one of ${length}`);
  }

  #take(): Buffer {
    const frame = this.#pieces.length === 2 ? (this.#pieces[1] as Buffer) : Buffer.concat(this.#pieces).subarray(4);
    this.#pieces = [];
    this.#got = 0;
    this.#size = 4;
    return frame;
  }
}
