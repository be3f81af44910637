import type { Step } from '#transfer/mover.ts';
import type { SliceSender } from '../fetch/index.ts';
import { WarmRange } from '../fetch/warm-range.ts';
import type { Warmth } from '../fetch/warmth.ts';
import type { Slice } from '../storage/slice.ts';
import { isSlice, type Part } from '../wire/writer.ts';
import type { Channel } from './channel.ts';

/** Bytes that one connection may send before the others have their turn. */
const TURN_BYTES = 2 ** 22;

/**
 * How far sending got: `sent` everything; `again`, the socket is full; `turn`, there is room and others wait; `cold`, the
 * next bytes are on the disk; `gone`, the client left.
 */
export type Progress = 'sent' | 'again' | 'turn' | 'cold' | 'gone';

/** What is to be sent on one connection: bytes of ours, and slices by the listener's fetch path. */
export class Outgoing implements Disposable {
  readonly #channel: Channel;
  readonly #warmth: Warmth | null;
  readonly #range: WarmRange | null;
  #sender: SliceSender | undefined;
  #parts: readonly Part[] = [];
  /** Which of them is next, and how many of its bytes went. */
  #first = 0;
  #done = 0;
  /** It is sent whatever the page cache did: its bytes were brought in. Up to which of them. */
  #warmed = 0;

  /** @param warmth null: every call waits for the disk */
  constructor(channel: Channel, warmth: Warmth | null) {
    this.#channel = channel;
    this.#warmth = warmth;
    this.#range = warmth && new WarmRange(warmth);
  }

  /** Takes the parts of the next answer, when those before are sent. Slices are released then, or when this is disposed of. */
  begin(parts: readonly Part[]): void {
    this.#parts = parts;
    this.#first = 0;
  }

  /** Sends as far as it goes now. @throws {SyscallError} when a call fails in a way that is not ordinary */
  send(): Progress {
    for (let left = TURN_BYTES; left > 0; ) {
      const part = this.#parts[this.#first];
      if (!part) return 'sent';
      const step = isSlice(part) ? this.#sendSlice(part) : this.#sendBytes(part);
      if (step === 'ended') throw new Error(`Cannot send ${(part as Slice).path}: it ends before its slice does`);
      if (step === 'again' && isSlice(part)) this.#range?.ahead(part, this.#done);
      if (typeof step !== 'number') return step;
      left -= step;
      this.#done += step;
      if (this.#done === sizeOf(part)) this.#next(part);
    }
    return 'turn';
  }

  /** After `cold`: brings the next bytes into memory. */
  async warm(): Promise<void> {
    const part = this.#parts[this.#first];
    if (!part || !isSlice(part)) return;
    if (this.#warmth) this.#warmed = await this.#warmth.warm(part, this.#done);
  }

  [Symbol.dispose](): void {
    for (const part of this.#parts.slice(this.#first)) if (isSlice(part)) part.release();
    this.#parts = [];
    this.#sender?.[Symbol.dispose]();
  }

  #sendBytes(part: Buffer): Step {
    return this.#channel.write(
      this.#done === 0 ? part : part.subarray(this.#done),
      this.#first + 1 < this.#parts.length,
    );
  }

  #sendSlice(slice: Slice): Step | 'cold' {
    const count = this.#sendable(slice);
    if (count === 0) return 'cold';
    this.#sender ??= this.#channel.openSender();
    // Also after a short step: a client that reads has often made room meanwhile, which spares us to wait for it.
    return this.#sender.step(slice, this.#done, count);
  }

  /** Bytes of the slice that may go now. */
  #sendable(slice: Slice): number {
    if (this.#warmed > this.#done) return this.#warmed - this.#done;
    return this.#range ? this.#range.bytes(slice, this.#done) : slice.bytes - this.#done;
  }

  #next(part: Part): void {
    this.#first++;
    if (isSlice(part)) {
      if (this.#first === this.#parts.length) this.#range?.ahead(part, part.bytes);
      part.release();
    }
    this.#done = 0;
    this.#warmed = 0;
  }
}

function sizeOf(part: Part): number {
  return isSlice(part) ? part.bytes : part.length;
}
