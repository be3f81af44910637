/**
 * How a segment is laid out: the batches of a produce request back to back, each with the base offset that it gets, and an
 * offset index with an entry for each batch that begins more than 4096 bytes behind the one indexed before
 * (`index.interval.bytes` of Kafka). Only what the layout needs is read of a batch: its length and how many offsets it takes.
 */

/** Where a batch lies in its segment, and which offsets it holds. */
export interface BatchPlace {
  readonly position: number;
  readonly bytes: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
}

/** Last offset of a batch, less the segment's base offset, and where the batch begins. */
export interface IndexEntry {
  readonly relative: number;
  readonly position: number;
}

export interface Layout {
  readonly baseOffset: number;
  /** The offset that the next record will get. */
  readonly endOffset: number;
  readonly batches: readonly BatchPlace[];
  readonly index: readonly IndexEntry[];
}

/** Bytes of a batch before what its length counts, and of an index entry. */
const LENGTH_OVERHEAD = 12;
const ENTRY_BYTES = 8;
const INTERVAL_BYTES = 4096;
/** Where the base offset stands, and what the CRC neither covers nor is: offset, length and leader epoch. */
export const ASSIGNED_BYTES = 16;

/** The layout that batches have behind `baseOffset`. */
export function layoutOf(produced: Buffer, baseOffset: number): Layout {
  const batches: BatchPlace[] = [];
  const index: IndexEntry[] = [];
  let [next, indexed] = [baseOffset, 0];
  for (let position = 0; position < produced.length; ) {
    const bytes = produced.readInt32BE(position + 8) + LENGTH_OVERHEAD;
    const lastOffset = next + produced.readInt32BE(position + 23);
    batches.push({ position, bytes, baseOffset: next, lastOffset });
    if (position - indexed > INTERVAL_BYTES) {
      index.push({ relative: lastOffset - baseOffset, position });
      indexed = position;
    }
    next = lastOffset + 1;
    position += bytes;
  }
  return { baseOffset, endOffset: next, batches, index };
}

/** Bytes of the `.log`. */
export function logBytes(produced: Buffer, { batches }: Layout): Buffer {
  const bytes = Buffer.from(produced);
  for (const { position, baseOffset } of batches) bytes.writeBigInt64BE(BigInt(baseOffset), position);
  return bytes;
}

/** Bytes of the `.index`. */
export function indexBytes({ index }: Pick<Layout, 'index'>): Buffer {
  const bytes = Buffer.alloc(index.length * ENTRY_BYTES);
  for (const [at, { relative, position }] of index.entries()) {
    bytes.writeInt32BE(relative, at * ENTRY_BYTES);
    bytes.writeInt32BE(position, at * ENTRY_BYTES + 4);
  }
  return bytes;
}

/** Entries of an `.index`. */
export function readIndex(bytes: Buffer): readonly IndexEntry[] {
  return Array.from({ length: Math.floor(bytes.length / ENTRY_BYTES) }, (_, at) => ({
    relative: bytes.readInt32BE(at * ENTRY_BYTES),
    position: bytes.readInt32BE(at * ENTRY_BYTES + 4),
  }));
}

/** `00000000000000004711.log`. */
export function segmentName(baseOffset: number, kind: 'log' | 'index'): string {
  return `${String(baseOffset).padStart(20, '0')}.${kind}`;
}
