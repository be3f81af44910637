import { Buffer } from 'node:buffer';
import { EAGAIN, ECONNRESET, EINTR, SyscallError } from '#libc';
import { int32At } from '../integers.ts';
import { MalformedFrame } from '../wire/reader.ts';
import type { Channel } from './channel.ts';

/** What stands before a frame: how many bytes follow. */
const LENGTH_BYTES = 4;
/** api_key, api_version and correlation_id: what every request has. */
const LEAST_BYTES = 8;
/** Room for a frame at first: a length alone makes nobody reserve what it announces. */
const FIRST_BYTES = 65_536;
/** Bytes that are asked for before it is known how long a frame is: enough for all but those that carry records. */
const GLANCE_BYTES = 512;

/**
 * Reads one frame after the other from a connection: a short one with one call, its length with it. Of what a client sends
 * ahead it takes no more than came with that call; the rest stays in its socket, so that the kernel slows it down and our
 * memory does not grow.
 */
export class FrameReader {
  readonly #channel: Channel;
  readonly #mostBytes: number;
  /** Bytes that came and are in no frame yet: from `#from` to `#to`. */
  readonly #glance = Buffer.alloc(GLANCE_BYTES);
  #from = 0;
  #to = 0;
  /** A frame that did not come whole, as far as there is room for it, and how much of it is there; its length. */
  #frame: Buffer | null = null;
  #got = 0;
  #size = 0;

  constructor(channel: Channel, mostBytes: number) {
    this.#channel = channel;
    this.#mostBytes = mostBytes;
  }

  /** Whether a frame has begun and not ended. */
  get partial(): boolean {
    return this.#frame !== null || this.#to > this.#from;
  }

  /** Whether the next frame may be had without anything more coming. */
  get ahead(): boolean {
    return this.#to - this.#from >= LENGTH_BYTES;
  }

  /**
   * The next frame without its length; `again` when it has not come yet, `gone` when the client has finished or left.
   * @throws {MalformedFrame} for a length that no request has, or more than is allowed
   */
  read(): Buffer | 'again' | 'gone' {
    for (;;) {
      const frame = this.#frame ? this.#whole(this.#frame) : this.#next();
      if (frame) return frame;
      const got = this.#frame ? this.#receive(this.#frame, this.#got, this.#size) : this.#look();
      if (typeof got === 'string') return got;
      if (this.#frame) this.#got += got;
      else this.#to += got;
    }
  }

  /** The frame that is begun, if it is whole; makes room for more of it if there is none. */
  #whole(frame: Buffer): Buffer | null {
    if (this.#got === this.#size) {
      this.#frame = null;
      return frame;
    }
    if (this.#got === frame.length) this.#frame = Buffer.concat([frame], Math.min(2 * frame.length, this.#size));
    return null;
  }

  /** The frame that begins in what was glanced at, if it is whole there; else it is begun. */
  #next(): Buffer | null {
    const have = this.#to - this.#from - LENGTH_BYTES;
    if (have < 0) return null;
    const size = int32At(this.#glance, this.#from);
    if (size < LEAST_BYTES || size > this.#mostBytes) {
      throw new MalformedFrame(
        `Expected a request of ${LEAST_BYTES} to ${this.#mostBytes} bytes, found one of ${size}`,
      );
    }
    const begin = this.#from + LENGTH_BYTES;
    const end = Math.min(begin + size, this.#to);
    this.#from = end;
    const frame = Buffer.allocUnsafe(Math.min(size, FIRST_BYTES));
    this.#glance.copy(frame, 0, begin, end);
    if (have >= size) return frame;
    this.#frame = frame;
    this.#got = end - begin;
    this.#size = size;
    return null;
  }

  /** Takes what there is, to behind what is there already. */
  #look(): number | 'again' | 'gone' {
    if (this.#from > 0 && this.#from < this.#to) this.#glance.copyWithin(0, this.#from, this.#to);
    this.#to -= this.#from;
    this.#from = 0;
    return this.#receive(this.#glance, this.#to, GLANCE_BYTES);
  }

  #receive(into: Buffer, from: number, to: number): number | 'again' | 'gone' {
    const got = this.#channel.receive(from === 0 && to === into.length ? into : into.subarray(from, to));
    if (got > 0) return got;
    if (got === -EINTR) return 0;
    if (got === -EAGAIN) return 'again';
    if (got === 0 || got === -ECONNRESET) return 'gone';
    throw new SyscallError('recv', -got);
  }
}
