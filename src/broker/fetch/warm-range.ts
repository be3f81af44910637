import { performance } from 'node:perf_hooks';
import type { Slice } from '../storage/slice.ts';
import { type Warmth, WINDOW_BYTES } from './warmth.ts';

/** Bytes that are looked at at once, at most. */
const MOST_LOOKED_BYTES = 2 ** 22;
/** How long what was in memory is taken to be there still, milliseconds. */
const SEEN_MS = 10;
/** Files of which one connection remembers something, at most. */
const MOST_FILES = 256;

/** A range of a file that was in memory, and when that was first so: milliseconds of performance.now(). */
interface Seen {
  readonly from: number;
  to: number;
  readonly at: number;
}

/**
 * What one connection knows to be in memory. To look costs two calls and 30 ns a page, so it looks while nothing can be sent,
 * if it can: when the socket is full, or a consumer that reads on has its answer. Like the kernel that reads ahead, it looks
 * twice as far each time. It believes for a moment what it saw: what is thrown out of memory within that moment makes
 * everybody wait for the disk once.
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
  bytes(slice: Slice, done: number): number {
    const from = slice.position + done;
    const left = slice.bytes - done;
    const seen = this.#at(slice.path, from);
    const near = from + Math.min(left, WINDOW_BYTES);
    const far = Math.min(from + left, seen.to + MOST_LOOKED_BYTES);
    if (near > seen.to && !this.#look(slice, seen, far) && (near >= far || !this.#look(slice, seen, near))) return 0;
    return Math.min(left, seen.to - from);
  }

  /** To be called when nothing can be sent: looks at what this consumer will ask for next, to have seen it then. */
  ahead(slice: Slice, done: number): void {
    const { path, position, bytes, behind } = slice;
    const from = position + done;
    const last = this.#seen.get(path);
    if (last && from >= last.from && last.to - from >= WINDOW_BYTES) return;
    const seen = this.#at(path, from);
    const readsOn = seen.from < position;
    const end = position + bytes + (readsOn ? behind : 0);
    const far = Math.max(WINDOW_BYTES, Math.min(2 * (seen.to - seen.from), MOST_LOOKED_BYTES));
    const to = Math.min(end, seen.to + far);
    if (to > seen.to) this.#look(slice, seen, to);
  }

  /** What is known from there on: an empty range if that is nothing, or too old. */
  #at(path: string, from: number): Seen {
    const now = this.#now();
    const last = this.#seen.get(path);
    if (last && from >= last.from && from <= last.to && now - last.at < SEEN_MS) return last;
    if (this.#seen.size >= MOST_FILES) this.#seen.clear();
    const seen = { from, to: from, at: now };
    this.#seen.set(path, seen);
    return seen;
  }

  /** Whether all is in memory up to `to`; known from now on. */
  #look({ fd }: Slice, seen: Seen, to: number): boolean {
    if (!this.#warmth.isWarm(fd, seen.to, to - seen.to)) return false;
    seen.to = to;
    return true;
  }
}
