/**
 * How batches lie in a log segment, and which of them its offset index names. The same rule as in src/broker/storage and in
 * Kafka's LogSegment.append: a batch is named when more than `interval` bytes of log lie before it that no entry stands for.
 */

export interface LaidBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** Where it begins in the `.log` file, bytes. */
  readonly position: number;
  readonly bytes: number;
}

export interface IndexEntry {
  /** Last offset of the batch, less the segment's base offset. */
  readonly relativeOffset: number;
  readonly position: number;
}

export interface SegmentLayout {
  readonly baseOffset: number;
  readonly batches: readonly LaidBatch[];
  readonly entries: readonly IndexEntry[];
}

/** What comes in: how many records a batch has, and its size with its header. */
export interface Arriving {
  readonly records: number;
  readonly bytes: number;
}

/** @param interval `index.interval.bytes` of Kafka, 4096 by default there */
export function layOutSegment(baseOffset: number, arriving: readonly Arriving[], interval = 4096): SegmentLayout {
  const batches: LaidBatch[] = [];
  const entries: IndexEntry[] = [];
  for (const { records, bytes } of arriving) {
    const before = batches.at(-1);
    const firstOffset = before ? before.lastOffset + 1 : baseOffset;
    const position = before ? before.position + before.bytes : 0;
    const lastOffset = firstOffset + records - 1;
    batches.push({ firstOffset, lastOffset, position, bytes });
    if (position - (entries.at(-1)?.position ?? 0) > interval) {
      entries.push({ relativeOffset: lastOffset - baseOffset, position });
    }
  }
  return { baseOffset, batches, entries };
}

export interface Lookup {
  /** The last entry not above the offset; null when the reader begins with the file. */
  readonly entry: IndexEntry | null;
  /** Batches whose headers are read, in order; the last one holds the offset. */
  readonly read: readonly LaidBatch[];
}

/** How the batch of an offset is found. @throws {RangeError} for an offset that the segment does not hold */
export function lookUp({ baseOffset, batches, entries }: SegmentLayout, offset: number): Lookup {
  const next = (batches.at(-1)?.lastOffset ?? baseOffset - 1) + 1;
  if (offset < baseOffset || offset >= next) {
    throw new RangeError(`Cannot look up offset ${offset}: the segment holds ${baseOffset} to ${next - 1}`);
  }
  const entry = entries.findLast(({ relativeOffset }) => relativeOffset <= offset - baseOffset) ?? null;
  const from = entry?.position ?? 0;
  return { entry, read: batches.filter((batch) => batch.position >= from && batch.firstOffset <= offset) };
}

/** Name of a segment's file: its base offset in 20 digits. */
export function segmentName(baseOffset: number, kind: 'log' | 'index'): string {
  return `${String(baseOffset).padStart(20, '0')}.${kind}`;
}
