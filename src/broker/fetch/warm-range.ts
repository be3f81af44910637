import { performance } from 'node:perf_hooks';
import type { Slice } from '../storage/slice.ts';
import { type Warmth, WINDOW_BYTES } from './warmth.ts';

/** Bytes that are looked at at once, at most. */
const MOST_LOOKED_BYTES = 2 ** 22;
/** How long what was in memory is taken to be there still, milliseconds. */
const SEEN_MS = 10;
/** Files of which one connection remembers something, at most. */
const MOST_FILES = 256;

/** A range of a file that was in memory, and when: milliseconds of performance.now(). */
interface Seen {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/**
 * What one connection knows to be in memory. To look costs two calls and 30 ns a page, in which nothing is sent. So, like
 * the kernel that reads ahead, it looks twice as far each time that a consumer reads on where it looked last, and believes
 * for a moment what it saw: what is thrown out of memory within that moment makes everybody wait for the disk once.
 */
export class WarmRange {
  readonly #warmth: Pick<Warmth, 'isWarm'>;
  readonly #now: () => number;
  /** By path: a log file's is never used again for another. */
  readonly #seen = new Map<string, Seen>();

  constructor(warmth: Pick<Warmth, 'isWarm'>, now: () => number = () => performance.now()) {
    this.#warmth = warmth;
    this.#now = now;
  }

  /** Bytes of a slice, from `done` on, that can be sent without waiting for the disk; 0: the next ones are only there. */
  bytes({ fd, path, position, bytes, behind }: Slice, done: number): number {
    const from = position + done;
    const left = bytes - done;
    const near = Math.min(left, WINDOW_BYTES);
    const now = this.#now();
    const last = this.#seen.get(path);
    const seen = last && from >= last.from && from <= last.to && now - last.at < SEEN_MS ? last : null;
    if (seen && from + near <= seen.to) return Math.min(left, seen.to - from);
    const ahead = seen ? 2 * (seen.to - seen.from) : 0;
    const far = Math.min(Math.max(left, ahead), MOST_LOOKED_BYTES, left + behind);
    const isWarm = (count: number) => this.#warmth.isWarm(fd, from, count);
    const found = isWarm(far) ? far : near < far && isWarm(near) ? near : 0;
    if (this.#seen.size >= MOST_FILES) this.#seen.clear();
    this.#seen.set(path, { from, to: from + found, at: now });
    return Math.min(left, found);
  }
}
