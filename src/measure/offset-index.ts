/**
 * An index as Apache Kafka keeps one beside each segment of a log: which position of the file has the batch for an offset.
 * Entries are sorted, and searched by halves.
 *
 * Format, as OffsetIndex.java has it: entries of 8 bytes, i32 offset relative to the segment's first, i32 position; both
 * big-endian and growing.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { randomFrom } from './random.ts';

export const ENTRY_BYTES = 8;
/** Entries at the end that Kafka searches first: 8 KiB of them, AbstractIndex.java: warmEntries. */
export const WARM_ENTRIES = 8192 / ENTRY_BYTES;

/** Gives the offset of an entry. */
export type OffsetAt = (slot: number) => number;

/** Writes an index with so many entries; the same for the same seed. */
export function makeIndex(path: string, entries: number, seed: number): void {
  const random = randomFrom(seed);
  const bytes = Buffer.alloc(entries * ENTRY_BYTES);
  let offset = 0;
  for (let slot = 0; slot < entries; slot++) {
    bytes.writeInt32BE(offset, slot * ENTRY_BYTES);
    bytes.writeInt32BE(slot * 1000, slot * ENTRY_BYTES + 4);
    offset += 1 + Math.floor(random() * 100);
  }
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const known = new Map<string, Int32Array>();

/** The offsets of all entries, for those who want to know what should be found; read once in each process. */
export function offsetsOf(path: string): Int32Array {
  const offsets = known.get(path) ?? readOffsets(readFileSync(path));
  known.set(path, offsets);
  return offsets;
}

function readOffsets(bytes: Buffer): Int32Array {
  return Int32Array.from({ length: bytes.length / ENTRY_BYTES }, (_, slot) => bytes.readInt32BE(slot * ENTRY_BYTES));
}

/** The last entry between `low` and `high` whose offset is not above the target, by halves. Entry `low` never is. */
export function search(offsetAt: OffsetAt, target: number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to + 1) >>> 1;
    if (offsetAt(middle) <= target) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** The same, but first among the warm entries at the end, AbstractIndex.java: indexSlotRangeFor. */
export function searchWarmFirst(offsetAt: OffsetAt, target: number, entries: number): number {
  const firstWarm = Math.max(0, entries - 1 - WARM_ENTRIES);
  if (offsetAt(firstWarm) <= target) return search(offsetAt, target, firstWarm, entries - 1);
  return search(offsetAt, target, 0, firstWarm);
}

/** What searches touch. */
export interface Touched {
  /** Pages of one search, on average. */
  readonly pagesPerLookup: number;
  /** Pages of all of them. */
  readonly pages: number;
}

/** Counts the pages that searches touch, by searching once more and noting them. */
export function pagesTouched(
  lookups: number,
  pageBytes: number,
  offsetAt: OffsetAt,
  find: (offsetAt: OffsetAt, lookup: number) => void,
): Touched {
  const last = new Map<number, number>();
  let sum = 0;
  let lookup = 0;
  const noting: OffsetAt = (slot) => {
    const page = Math.floor((slot * ENTRY_BYTES) / pageBytes);
    if (last.get(page) !== lookup) sum++;
    last.set(page, lookup);
    return offsetAt(slot);
  };
  for (; lookup < lookups; lookup++) find(noting, lookup);
  return { pagesPerLookup: sum / lookups, pages: last.size };
}
