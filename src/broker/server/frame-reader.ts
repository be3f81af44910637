import { EAGAIN, ECONNRESET, EINTR, SyscallError } from '#libc';
import { MalformedFrame } from '../wire/reader.ts';
import type { Channel } from './channel.ts';

/** api_key, api_version and correlation_id: what every request has. */
const LEAST_BYTES = 8;
/** Room for a frame at first: a length alone makes nobody reserve what it announces. */
const FIRST_BYTES = 65_536;

/**
 * Reads one frame after the other from a connection, and never past the one it is reading: what a client sends
 * ahead stays in its socket, so that the kernel slows it down and our memory does not grow.
 */
export class FrameReader {
  readonly #channel: Channel;
  readonly #mostBytes: number;
  readonly #length = Buffer.alloc(4);
  /** The frame as far as there is room for it; null while its length is being read. */
  #frame: Buffer | null = null;
  /** Bytes of what is being read that have come, and bytes that it will have. */
  #got = 0;
  #size = this.#length.length;

  constructor(channel: Channel, mostBytes: number) {
    this.#channel = channel;
    this.#mostBytes = mostBytes;
  }

  /** Whether a frame has begun and not ended. */
  get partial(): boolean {
    return this.#frame !== null || this.#got > 0;
  }

  /**
   * The next frame without its length; `again` when it has not come yet, `gone` when the client has finished or left.
   * @throws {MalformedFrame} for a length that no request has, or more than is allowed
   */
  read(): Buffer | 'again' | 'gone' {
    for (;;) {
      const into = this.#frame ?? this.#length;
      const result = this.#channel.receive(into.subarray(this.#got, this.#size));
      if (result === -EINTR) continue;
      if (result === -EAGAIN) return 'again';
      if (result === 0 || result === -ECONNRESET) return 'gone';
      if (result < 0) throw new SyscallError('recv', -result);
      this.#got += result;
      if (this.#got === this.#size) {
        const frame = this.#frame;
        this.#begin(frame ? null : this.#length.readInt32BE());
        if (frame) return frame;
      } else if (this.#got === into.length) {
        this.#frame = Buffer.concat([into], Math.min(2 * into.length, this.#size));
      }
    }
  }

  /** @param length of the frame that follows; null: a length follows */
  #begin(length: number | null): void {
    if (length !== null && (length < LEAST_BYTES || length > this.#mostBytes)) {
      throw new MalformedFrame(
        `Expected a request of ${LEAST_BYTES} to ${this.#mostBytes} bytes, found one of ${length}`,
      );
    }
    this.#got = 0;
    this.#size = length ?? this.#length.length;
    this.#frame = length === null ? null : Buffer.allocUnsafe(Math.min(length, FIRST_BYTES));
  }
}
