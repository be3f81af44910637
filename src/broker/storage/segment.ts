import { rmSync } from 'node:fs';
import type { Incoming } from './incoming.ts';
import { type Found, LogFile, type Place } from './log-file.ts';
import type { LogSettings } from './log-options.ts';
import { MOST_RELATIVE, OffsetIndex } from './offset-index.ts';
import { rebuild } from './rebuild.ts';
import { firstNotOlder } from './record-times.ts';
import { segmentFile } from './segment-name.ts';
import { NO_TIMESTAMP, TimeIndex, type TimestampOffset } from './time-index.ts';

/** A stretch of the log: a file of batches and its two indexes (class `LogSegment` of Kafka). */
export class Segment implements Disposable {
  readonly baseOffset: bigint;
  readonly log: LogFile;
  readonly offsets: OffsetIndex;
  readonly times: TimeIndex;
  readonly #settings: LogSettings;
  /** The offset that the next record will get. */
  nextOffset: bigint;
  /** The newest timestamp in it. */
  newest: TimestampOffset;
  /** Where the batch begins that was indexed last. */
  indexedPosition: number;

  /** Opens it as it is on the disk, or makes it. @throws {SyscallError} */
  constructor(folder: string, baseOffset: bigint, settings: LogSettings) {
    this.baseOffset = baseOffset;
    this.#settings = settings;
    using opened = new DisposableStack();
    this.log = opened.use(new LogFile(segmentFile(folder, baseOffset, 'log')));
    this.offsets = opened.use(new OffsetIndex(segmentFile(folder, baseOffset, 'index'), baseOffset));
    this.times = opened.use(new TimeIndex(segmentFile(folder, baseOffset, 'timeindex'), baseOffset));
    opened.move();
    this.newest = { timestamp: NO_TIMESTAMP, offset: baseOffset };
    this.nextOffset = baseOffset;
    this.indexedPosition = 0;
  }

  /** Bytes of log in it. */
  get bytes(): number {
    return this.log.bytes;
  }

  /**
   * Takes what the files say for true: the segment was closed or rolled, and nothing happened to it since. What cannot be
   * right is recovered all the same.
   * @returns bytes cut off
   */
  trust(): number {
    if (!this.#isSane()) return this.recover();
    this.indexedPosition = this.offsets.last?.position ?? 0;
    this.newest = this.times.last;
    let end = this.indexedPosition;
    for (const { position, header } of this.log.batches(end)) {
      this.nextOffset = header.lastOffset + 1n;
      end = position + header.bytes;
    }
    return end === this.bytes ? 0 : this.recover();
  }

  /** Reads all of it, makes the indexes anew and cuts it at the first batch that is not whole. @returns bytes cut off */
  recover(): number {
    return rebuild(this, this.#settings);
  }

  /** Gets ready to be appended to. */
  unseal(): void {
    this.offsets.file.grow(this.#settings.segmentIndexBytes);
    this.times.file.grow(this.#settings.segmentIndexBytes);
  }

  /** Whether `bytes` more, up to `lastOffset`, still belong into this segment. */
  hasRoom(bytes: number, lastOffset: bigint): boolean {
    const fits = this.bytes + bytes <= this.#settings.segmentBytes;
    return fits && this.#hasIndexRoom() && lastOffset - this.baseOffset <= MOST_RELATIVE;
  }

  /** Writes batches behind the last one. Their offsets are assigned. @throws {SyscallError} and is as it was before */
  append(bytes: Buffer, batches: readonly Incoming[]): void {
    this.offsets.file.prepare(batches.length);
    this.times.file.prepare(batches.length + 1);
    const position = this.bytes;
    this.log.append(bytes);
    for (const { at, header } of batches) this.note({ position: position + at, header });
  }

  /** Notes a batch that lies in the file: an index entry when it is time for one, and its newest timestamp. */
  note({ position, header }: Found): void {
    if (header.maxTimestamp > this.newest.timestamp) {
      this.newest = { timestamp: header.maxTimestamp, offset: header.lastOffset };
    }
    if (position - this.indexedPosition > this.#settings.indexIntervalBytes && this.#hasIndexRoom()) {
      this.offsets.append(header.lastOffset, position);
      this.times.append(this.newest);
      this.indexedPosition = position;
    }
    this.nextOffset = header.lastOffset + 1n;
  }

  /** The batch that holds `offset`, or the next one after a gap; null when all lie before it. */
  find(offset: bigint): Place | null {
    const { from, to } = this.offsets.between(offset);
    // Entries that lie so far apart are those of large batches, each of which has one: it is the next one, as a rule.
    if (to !== null && to - from > 2 * this.#settings.indexIntervalBytes) {
      const next = this.log.place(to);
      if (next !== null && next.baseOffset <= offset && offset <= next.lastOffset) return next;
    }
    let place = this.log.place(from);
    while (place !== null && place.lastOffset < offset) place = this.log.place(place.position + place.bytes);
    return place;
  }

  /** One entry of the time index is kept for the newest timestamp, which is noted when the segment is sealed. */
  #hasIndexRoom(): boolean {
    return this.offsets.file.room > 0 && this.times.file.room > 1;
  }

  /** Whether the last entry points to a batch that may carry its offset, and there is a time where there are records. */
  #isSane(): boolean {
    if (this.bytes > 0 && this.times.file.entries === 0) return false;
    const { last } = this.offsets;
    if (last === null) return true;
    const header = last.position > 0 ? this.log.header(last.position) : null;
    return header !== null && header.baseOffset >= this.baseOffset && header.baseOffset <= last.offset;
  }

  /** The first record that is not older than `timestamp`, in milliseconds; null when all are. */
  offsetFor(timestamp: bigint): TimestampOffset | null {
    const from = this.offsets.lookup(this.times.lookup(timestamp).offset);
    for (const { position, header } of this.log.batches(from)) {
      if (header.maxTimestamp < timestamp) continue;
      const batch = Buffer.allocUnsafe(header.bytes);
      this.log.read(position, batch);
      return firstNotOlder(batch, header, timestamp);
    }
    return null;
  }

  /** Ends the writing: notes the newest timestamp and trims the indexes. */
  seal(): void {
    this.times.append(this.newest);
    this.offsets.file.trim();
    this.times.file.trim();
  }

  /** Waits until log and indexes are on the disk. */
  flush(): void {
    this.log.flush();
    this.offsets.file.flush();
    this.times.file.flush();
  }

  /** Takes it away. Its slices stay readable until they are released. */
  remove(): void {
    this.log.unlink();
    for (const { file } of [this.offsets, this.times]) rmSync(file.path, { force: true });
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.log[Symbol.dispose]();
    this.offsets[Symbol.dispose]();
    this.times[Symbol.dispose]();
  }
}
