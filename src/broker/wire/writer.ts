import type { Slice } from '../storage/slice.ts';

/** A piece of a response: bytes of ours, or a range of a log file that the fetch path sends. */
export type Part = Buffer | Slice;

export function isSlice(part: Part): part is Slice {
  return 'fd' in part;
}

/** Writes Kafka's primitive types one after the other. Where slices belong, only their place is remembered. */
export class Writer {
  #bytes: Buffer = Buffer.allocUnsafe(256);
  #at = 0;
  #partStart = 0;
  readonly #parts: Part[] = [];
  #sliceBytes = 0;

  int8(value: number): void {
    const at = this.#room(1);
    this.#bytes.writeInt8(value, at);
  }

  int16(value: number): void {
    const at = this.#room(2);
    this.#bytes.writeInt16BE(value, at);
  }

  int32(value: number): void {
    const at = this.#room(4);
    this.#bytes.writeInt32BE(value, at);
  }

  int64(value: bigint): void {
    const at = this.#room(8);
    this.#bytes.writeBigInt64BE(value, at);
  }

  /** UNSIGNED_VARINT: seven bits a byte, the lowest first. */
  unsignedVarint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#byte((rest % 0x80) + 0x80);
    this.#byte(rest);
  }

  bytes(value: Uint8Array): void {
    const at = this.#room(value.length);
    this.#bytes.set(value, at);
  }

  /** Slices of log files: they go between what is written before and what is written after. */
  slices(slices: readonly Slice[]): void {
    this.#cut();
    this.#parts.push(...slices);
    for (const { bytes } of slices) this.#sliceBytes += bytes;
  }

  /** What was written, with its length as an INT32 in front: a frame. */
  frame(): Part[] {
    const size = Buffer.allocUnsafe(4);
    size.writeInt32BE(this.#at + this.#sliceBytes);
    this.#cut();
    const [first, ...rest] = this.#parts;
    return first && !isSlice(first) ? [Buffer.concat([size, first]), ...rest] : [size, ...this.#parts];
  }

  #byte(value: number): void {
    const at = this.#room(1);
    this.#bytes[at] = value;
  }

  #cut(): void {
    if (this.#at > this.#partStart) this.#parts.push(this.#bytes.subarray(this.#partStart, this.#at));
    this.#partStart = this.#at;
  }

  /** Makes room for `count` bytes. @returns where they begin; only then is it known which buffer they are in */
  #room(count: number): number {
    const at = this.#at;
    this.#at += count;
    if (this.#at > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#at, 2 * this.#bytes.length));
      // Parts that were cut off already stay views of the smaller buffer: nothing writes to them any more.
      this.#bytes.copy(larger, 0, 0, at);
      this.#bytes = larger;
    }
    return at;
  }
}
