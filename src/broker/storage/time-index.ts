/**
 * Up to which offset no record is newer than a timestamp, for some timestamps (class `TimeIndex` of Kafka). File
 * `.timeindex`; an entry has 12 bytes:
 *
 *     0  timestamp        8  milliseconds: the newest of the segment so far
 *     8  relative offset  4  last offset of the batch that carries it, less the segment's base offset
 */
import { MappedIndex } from './mapped-index.ts';

const ENTRY_BYTES = 12;

/** A timestamp in milliseconds, and the last offset of the batch that carries it. */
export interface TimestampOffset {
  readonly timestamp: bigint;
  readonly offset: bigint;
}

/** A batch without timestamps says −1. */
export const NO_TIMESTAMP = -1n;

export class TimeIndex implements Disposable {
  readonly file: MappedIndex;
  readonly #baseOffset: bigint;

  constructor(path: string, baseOffset: bigint) {
    this.file = new MappedIndex(path, ENTRY_BYTES);
    this.#baseOffset = baseOffset;
  }

  /** The last entry, or that there is no timestamp up to the base offset. */
  get last(): TimestampOffset {
    return this.#entry(this.file.entries - 1);
  }

  /** Notes the newest timestamp so far, unless the last entry says the same. */
  append({ timestamp, offset }: TimestampOffset): void {
    if (timestamp <= this.last.timestamp) return;
    const at = this.file.add();
    this.file.view.writeBigInt64BE(timestamp, at);
    this.file.view.writeInt32BE(Number(offset - this.#baseOffset), at + 8);
  }

  /** The last entry that is not newer than `timestamp`, or that there is no timestamp up to the base offset. */
  lookup(timestamp: bigint): TimestampOffset {
    const { file } = this;
    return this.#entry(file.lastNotBeyond((entry) => file.view.readBigInt64BE(entry * ENTRY_BYTES) > timestamp));
  }

  [Symbol.dispose](): void {
    this.file[Symbol.dispose]();
  }

  #entry(entry: number): TimestampOffset {
    if (entry < 0) return { timestamp: NO_TIMESTAMP, offset: this.#baseOffset };
    const at = entry * ENTRY_BYTES;
    const { view } = this.file;
    return {
      timestamp: view.readBigInt64BE(at),
      offset: this.#baseOffset + BigInt(view.readInt32BE(at + 8)),
    };
  }
}
