import { int16At, int32At, int64At } from '../integers.ts';
import { decodeText } from './texts.ts';

/** A frame that does not say what its API's schema says. The connection that sent it is closed. */
export class MalformedFrame extends Error {
  override name = 'MalformedFrame';
}

/** Elements that all arrays of one frame may have together: what they become in memory is many times what they were. */
const MOST_ELEMENTS = 100_000;

/** Reads Kafka's primitive types from a frame, front to back and never past its end. Integers are big-endian. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #elements = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Bytes that are not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  int8(): number {
    const at = this.#take(1);
    return ((this.#bytes[at] as number) << 24) >> 24;
  }

  int16(): number {
    return int16At(this.#bytes, this.#take(2));
  }

  int32(): number {
    return int32At(this.#bytes, this.#take(4));
  }

  int64(): bigint {
    return int64At(this.#bytes, this.#take(8));
  }

  /** UNSIGNED_VARINT: seven bits a byte, the lowest first; at most 32 bits. */
  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#take(1));
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new MalformedFrame('Cannot read an UNSIGNED_VARINT: it has more than 5 bytes');
  }

  /** The next `count` bytes: a view of the frame, not a copy. */
  bytes(count: number): Buffer {
    const from = this.#take(count);
    return this.#bytes.subarray(from, from + count);
  }

  text(count: number): string {
    const from = this.#take(count);
    return decodeText(this.#bytes, from, from + count);
  }

  /** Checks a length that stands before an array. */
  elements(count: number): number {
    this.#elements += count;
    if (count < 0) throw new MalformedFrame(`Cannot read an array: its length is ${count}`);
    if (count > this.left) {
      throw new MalformedFrame(`Cannot read an array of ${count} elements: ${this.left} bytes are left`);
    }
    if (this.#elements > MOST_ELEMENTS) {
      throw new MalformedFrame(`Cannot read more than ${MOST_ELEMENTS} elements in one frame`);
    }
    return count;
  }

  /** @throws {MalformedFrame} when something is left */
  end(): void {
    if (this.left > 0) throw new MalformedFrame(`Expected the end of the frame, found ${this.left} bytes more`);
  }

  #take(count: number): number {
    if (count < 0 || count > this.left) {
      throw new MalformedFrame(`Cannot read ${count} bytes at ${this.#at}: the frame has ${this.#bytes.length}`);
    }
    const at = this.#at;
    this.#at += count;
    return at;
  }
}
