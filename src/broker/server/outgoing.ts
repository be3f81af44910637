import { type Mapping, MSG_MORE, send } from '#libc';
import { type Sink, type Step, stepOf } from '#transfer/mover.ts';
import type { FetchPath, SliceSender } from '../fetch/index.ts';
import { WINDOW_BYTES, type Warmth } from '../fetch/warmth.ts';
import type { Slice } from '../storage/slice.ts';
import type { Part } from '../wire/writer.ts';

/** Bytes that one connection may send before the others have their turn. */
const TURN_BYTES = 2 ** 22;

/**
 * How far sending got: `sent` everything; `again`, the socket is full; `turn`, there is room and others wait; `cold`, the
 * next bytes are on the disk; `gone`, the client left.
 */
export type Progress = 'sent' | 'again' | 'turn' | 'cold' | 'gone';

/** What is to be sent on one connection: bytes of ours, and slices by the listener's fetch path. */
export class Outgoing implements Disposable {
  readonly #sink: Sink;
  readonly #scratch: Mapping;
  readonly #path: FetchPath;
  readonly #warmth: Warmth | null;
  #sender: SliceSender | undefined;
  #parts: Part[] = [];
  /** Of the first part: bytes that went, and bytes that may go without looking whether they are in memory. */
  #done = 0;
  #warm = 0;

  /** @param scratch where bytes of ours lie while they are sent; may be shared @param warmth null: wait for the disk */
  constructor(sink: Sink, scratch: Mapping, path: FetchPath, warmth: Warmth | null) {
    this.#sink = sink;
    this.#scratch = scratch;
    this.#path = path;
    this.#warmth = warmth;
  }

  /** Takes the parts over: slices are released when they are sent, or when this is disposed of. */
  add(parts: readonly Part[]): void {
    this.#parts.push(...parts);
  }

  /** Sends as far as it goes now. @throws {SyscallError} when a call fails in a way that is not ordinary */
  send(): Progress {
    for (let left = TURN_BYTES; left > 0; ) {
      const [part] = this.#parts;
      if (!part) return 'sent';
      const step = part instanceof Buffer ? this.#sendBytes(part) : this.#sendSlice(part);
      if (step === 'ended') throw new Error(`Cannot send ${(part as Slice).path}: it ends before its slice does`);
      if (typeof step !== 'number') return step;
      left -= step;
      this.#done += step;
      if (this.#done === sizeOf(part)) this.#next();
    }
    return 'turn';
  }

  /** After `cold`: brings the next bytes into memory. */
  async warm(): Promise<void> {
    const [part] = this.#parts;
    if (!part || part instanceof Buffer) return;
    const count = Math.min(part.bytes - this.#done, WINDOW_BYTES);
    await this.#warmth?.warm(part.fd, part.position + this.#done, count);
    this.#warm = this.#done + count;
  }

  [Symbol.dispose](): void {
    for (const part of this.#parts) if (!(part instanceof Buffer)) part.release();
    this.#parts = [];
    this.#sender?.[Symbol.dispose]();
  }

  /** MSG_MORE holds a header back until what follows it fills the segment; send(2). */
  #sendBytes(part: Buffer): Step {
    const bytes = part.subarray(this.#done, this.#done + this.#scratch.length);
    this.#scratch.view().set(bytes);
    const last = this.#parts.length === 1 && this.#done + bytes.length === part.length;
    const sent = send(this.#sink.fd, this.#scratch.address, bytes.length, last ? 0 : MSG_MORE);
    return sent < 0 ? stepOf('send', sent) : sent;
  }

  #sendSlice(slice: Slice): Step | 'cold' {
    if (this.#done >= this.#warm) {
      const count = Math.min(slice.bytes - this.#done, WINDOW_BYTES);
      if (this.#warmth?.isWarm(slice.fd, slice.position + this.#done, count) === false) return 'cold';
      this.#warm = this.#done + count;
    }
    this.#sender ??= this.#path.open(this.#sink);
    return this.#sender.step(slice, this.#done, this.#warm - this.#done);
  }

  #next(): void {
    const part = this.#parts.shift();
    if (part && !(part instanceof Buffer)) part.release();
    this.#done = 0;
    this.#warm = 0;
  }
}

function sizeOf(part: Part): number {
  return part instanceof Buffer ? part.length : part.bytes;
}
