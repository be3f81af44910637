import { Buffer } from 'node:buffer';
import { putInt16, putInt32, putInt64 } from '../integers.ts';
import type { Slice } from '../storage/slice.ts';
import { encodeText } from './texts.ts';

/** A piece of a response: bytes of ours, or a range of a log file that the fetch path sends. */
export type Part = Buffer | Slice;

export function isSlice(part: Part): part is Slice {
  return !ArrayBuffer.isView(part);
}

/** What stands before a frame: how many bytes follow, as an INT32. */
const LENGTH_BYTES = 4;

/** Writes Kafka's primitive types one after the other. Where slices belong, only their place is remembered. */
export class Writer {
  #bytes: Buffer = Buffer.allocUnsafe(256);
  #at = LENGTH_BYTES;
  #partStart = 0;
  readonly #parts: Part[] = [];
  #sliceBytes = 0;

  int8(value: number): void {
    this.#byte(value);
  }

  int16(value: number): void {
    const at = this.#room(2);
    putInt16(this.#bytes, at, value);
  }

  int32(value: number): void {
    const at = this.#room(4);
    putInt32(this.#bytes, at, value);
  }

  int64(value: bigint): void {
    const at = this.#room(8);
    putInt64(this.#bytes, at, value);
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

  /** @param byteLength what textBytes() says of it */
  text(value: string, byteLength: number): void {
    const at = this.#room(byteLength);
    encodeText(value, byteLength, this.#bytes, at);
  }

  /** Slices of log files: they go between what is written before and what is written after. */
  slices(slices: readonly Slice[]): void {
    this.#cut();
    this.#parts.push(...slices);
    for (const { bytes } of slices) this.#sliceBytes += bytes;
  }

  /** What was written, with its length as an INT32 in front: a frame. */
  frame(): Part[] {
    this.#cut();
    // The first part begins with the room for it: cut off with what follows, or alone before a slice.
    const [first] = this.#parts as [Buffer];
    putInt32(first, 0, this.#at - LENGTH_BYTES + this.#sliceBytes);
    return this.#parts;
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
