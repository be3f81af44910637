import { BatchListTooLarge, OffsetOutOfRange, StorageFailed } from './errors.ts';
import { readIncoming } from './incoming.ts';
import { type LogOptions, type LogSettings, settingsOf } from './log-options.ts';
import { MOST_RELATIVE } from './offset-index.ts';
import type { Recovery } from './open-segments.ts';
import { assign, readHeader } from './record-batch.ts';
import { Segments } from './segments.ts';
import type { Slice } from './slice.ts';
import type { TimestampOffset } from './time-index.ts';

/** Where appended batches ended up. */
export interface Appended {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  /** −1: the records keep the times that their producer gave them (`message.timestamp.type=CreateTime`). */
  readonly logAppendTime: bigint;
}

/** A piece of a log before it is a slice: position and length in bytes. */
export type Range = Pick<Slice, 'path' | 'position' | 'bytes'>;

export interface ReadOptions {
  /** A first batch that is larger than what is asked for is given whole. */
  readonly atLeastOne: boolean;
  /** Says how many bytes of a range are wanted after all. */
  readonly shorten?: (range: Range) => number;
}

/** The epoch of the leader that assigns offsets; there is one broker and it never changes. */
const LEADER_EPOCH = 0;

/** One partition: a folder of segments, of which the last is appended to (class `UnifiedLog` of Kafka). */
export class Log implements Disposable {
  readonly folder: string;
  readonly #settings: LogSettings;
  readonly #segments: Segments;
  #flushedOffset: bigint;
  #timer: NodeJS.Timeout | undefined;
  #failure: StorageFailed | null = null;
  #open = true;

  private constructor(folder: string, settings: LogSettings, segments: Segments) {
    this.folder = folder;
    this.#settings = settings;
    this.#segments = segments;
    this.#flushedOffset = this.endOffset;
  }

  /**
   * Opens a partition's folder, and makes it when there is none.
   * @param recovery what may not be whole: after a crash, the segment that was being written
   * @throws {StorageFailed}
   */
  static open(folder: string, options: LogOptions = {}, recovery: Recovery = 'last'): Log {
    const settings = settingsOf(options);
    try {
      return new Log(folder, settings, new Segments(folder, settings, recovery));
    } catch (error) {
      throw new StorageFailed(`Cannot open the log in '${folder}'`, error);
    }
  }

  /** Offset of the first record that is still there. */
  get startOffset(): bigint {
    return this.#segments.oldest.baseOffset;
  }

  /** The offset that the next record will get. */
  get endOffset(): bigint {
    return this.#segments.active.nextOffset;
  }

  /**
   * Appends record batches of format 2 that lie back to back. Offsets and leader epoch are written into `batches`
   * themselves; the records are stored exactly as they came.
   *
   * @throws {StorageError} CorruptBatch, BatchTooLarge, BatchListTooLarge, UnsupportedFormat or InvalidRecord: nothing was
   *   written; StorageFailed: the disk did not take it, and nothing of it is in the log
   */
  append(batches: Uint8Array): Appended {
    const bytes = Buffer.from(batches.buffer, batches.byteOffset, batches.length);
    const incoming = readIncoming(bytes, this.#settings.maxMessageBytes);
    const records = incoming.reduce((sum, { header }) => sum + header.recordCount, 0);
    if (bytes.length > this.#settings.segmentBytes || records > MOST_RELATIVE) {
      throw new BatchListTooLarge(bytes.length, records, this.#settings.segmentBytes);
    }
    if (this.#failure) throw this.#failure;
    const baseOffset = this.endOffset;
    let next = baseOffset;
    const assigned = incoming.map(({ at, header }) => {
      assign(bytes, at, next, LEADER_EPOCH);
      next += BigInt(header.lastOffsetDelta) + 1n;
      return { at, header: readHeader(bytes, at) };
    });
    const lastOffset = next - 1n;
    if (!this.#segments.active.hasRoom(bytes.length, lastOffset)) this.#roll();
    this.#attempt('append to', () => this.#segments.active.append(bytes, assigned));
    this.#flushWhenDue();
    return { baseOffset, lastOffset, logAppendTime: -1n };
  }

  /**
   * Where the batches lie from the one that holds `offset`: at most `maxBytes` of one segment, cut wherever that is, as
   * Kafka does. Nothing at the end of the log. Each slice is to be released.
   *
   * @throws {OffsetOutOfRange}
   */
  read(offset: bigint, maxBytes: number, { atLeastOne, shorten = ({ bytes }) => bytes }: ReadOptions): Slice[] {
    if (offset < this.startOffset || offset > this.endOffset) {
      throw new OffsetOutOfRange(offset, this.startOffset, this.endOffset);
    }
    for (const segment of this.#segments.from(offset)) {
      const found = segment.find(offset);
      // Nothing at or after it in this segment: retention of single records, which Apache Kafka has, leaves such gaps.
      if (found === null) continue;
      const { position } = found;
      const least = atLeastOne ? found.bytes : 0;
      const most = Math.min(Math.max(maxBytes, least), segment.bytes - position);
      const bytes = most > 0 ? Math.max(least, shorten({ path: segment.log.path, position, bytes: most })) : 0;
      return bytes > 0 ? [segment.log.slice(position, bytes)] : [];
    }
    return [];
  }

  /**
   * Whether a batch that the index knows of is whole in a slice of this log and would not be in its first `bytes`. Of small
   * batches the index does not know all, but one in each of its intervals.
   */
  losesBatch({ path, position, bytes: all }: Range, bytes: number): boolean {
    const segment = this.#segments.at(path);
    if (!segment) return false;
    const end = position + all;
    return end >= segment.bytes || segment.offsets.lastBegin(end) > position + bytes;
  }

  /** The first record that is not older than `timestamp` in milliseconds; null when there is none. */
  offsetFor(timestamp: bigint): TimestampOffset | null {
    return this.#segments.notOlderThan(timestamp)?.offsetFor(timestamp) ?? null;
  }

  /** Waits until everything that was appended is on the disk. @throws {StorageFailed} and takes nothing more then */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#attempt('sync', () => this.#segments.active.flush(), true);
    this.#flushedOffset = this.endOffset;
  }

  /** Closes it whole: nothing needs to be recovered when it is opened again. @throws {Error} when it could not be synced */
  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    clearTimeout(this.#timer);
    using segments = this.#segments;
    if (this.#failure) throw this.#failure;
    segments.active.seal();
    segments.active.flush();
  }

  /**
   * Ends the active segment, waits until it is on the disk, and begins the next one. Apache Kafka syncs in the background
   * and keeps note of how far it is; here everybody waits, and all that a crash can leave unfinished is the last segment.
   */
  #roll(): void {
    this.#attempt('seal', () => this.#segments.active.seal());
    this.flush();
    this.#attempt('roll', () => this.#segments.begin());
  }

  #flushWhenDue(): void {
    const { flushMessages, flushMs } = this.#settings;
    if (Number(this.endOffset - this.#flushedOffset) >= flushMessages) this.flush();
    if (this.endOffset === this.#flushedOffset || !Number.isFinite(flushMs)) return;
    this.#timer ??= setTimeout(() => this.#flushLate(), flushMs).unref();
  }

  /** Nobody waits for this one: the next append says that it failed. */
  #flushLate(): void {
    try {
      this.flush();
    } catch {
      // Kept in #failure.
    }
  }

  /** Does something with the disk. @param fatal after a failure nobody knows what is on it (fsync(2)): no more is taken */
  #attempt(doing: string, work: () => void, fatal = false): void {
    try {
      work();
    } catch (error) {
      const failure = new StorageFailed(`Cannot ${doing} the log in '${this.folder}'`, error);
      if (fatal) this.#failure = failure;
      throw failure;
    }
  }
}
