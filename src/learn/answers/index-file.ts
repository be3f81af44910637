/**
 * An offset index as Kafka has it beside each segment: entries of 8 bytes in ascending order, each a relative offset and a
 * position in the segment, both unsigned and big-endian (OffsetIndex.java). To look one up is to find the greatest offset
 * that is not above the target; the position is 0 where there is none.
 */
import { randomInt } from 'node:crypto';
import { writeByPages } from './small-folios.ts';

export type Entry = readonly [offset: number, position: number];

/** Entries in ascending order, kept or made when they are asked for. */
export interface Entries {
  readonly length: number;
  at(place: number): Entry | undefined;
}

/** One lookup and its answer. */
export interface Lookup {
  readonly target: number;
  readonly position: number;
}

const ENTRY_BYTES = 8;
/** Offsets and positions have 32 bits. */
const HIGHEST = 2 ** 32 - 1;

/** Random entries that reach to the end of what 32 bits can say: nobody can know them without looking. */
export function randomEntries(count: number): Entries {
  const step = Math.floor(HIGHEST / Math.max(1, count)) - 1;
  // One random number mixed into all: a call for each of a million entries would take seconds, and keeping them memory.
  const salt = randomInt(2 ** 20);
  const jitter = (at: number, below: number) => ((at * 2_654_435_761 + salt) >>> 4) % below;
  return {
    length: count,
    at: (place) => [place * step + jitter(place, step - 1) + 1, place * step + jitter(place + 7, step)],
  };
}

/** Writes an index. */
export function writeIndex(path: string, entries: Entries): void {
  const bytes = Buffer.alloc(entries.length * ENTRY_BYTES);
  for (let at = 0; at < entries.length; at++) {
    const [offset, position] = entries.at(at) as Entry;
    bytes.writeUInt32BE(offset, at * ENTRY_BYTES);
    bytes.writeUInt32BE(position, at * ENTRY_BYTES + 4);
  }
  writeByPages(path, bytes);
}

/** The answer. */
export function lookUp(entries: Entries, target: number): Lookup {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries.at(middle) as Entry)[0] <= target) low = middle + 1;
    else high = middle;
  }
  return { target, position: low === 0 ? 0 : (entries.at(low - 1) as Entry)[1] };
}

/** Targets just before, at and just after some entries: the first, the last, those at the borders of pages, random ones. */
export function targetsAround(entries: Entries, random: number): number[] {
  const { length } = entries;
  if (length === 0) return [0, 1, HIGHEST];
  const places = [
    0,
    1,
    511,
    512,
    513,
    length - 2,
    length - 1,
    ...Array.from({ length: random }, () => randomInt(length)),
  ];
  const offsets = places.filter((at) => at >= 0 && at < length).map((at) => (entries.at(at) as Entry)[0]);
  const targets = offsets.flatMap((offset) => [offset - 1, offset, offset + 1]);
  return [...new Set([0, ...targets, HIGHEST])].filter((target) => target >= 0 && target <= HIGHEST);
}
