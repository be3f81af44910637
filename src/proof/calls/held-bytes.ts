import type { Part } from './arguments.ts';
import { type Piece, slice, totalBytes } from './piece.ts';

/** Reads that are remembered of one process: older ones are hardly still to be sent. */
const MOST = 4096;
/** Parts with a shorter head say too little: they match only what has their whole length too. Bytes. */
const TELLING = 16;

/** Bytes that a read brought into memory: how they begin, and how much of them each socket or pipe has got. */
interface Held {
  readonly head: string;
  readonly pieces: readonly Piece[];
  readonly bytes: number;
  readonly taken: Map<string, Taken>;
}

/** How much of a read went to one place; what the last write to it asked for, and what it left of that. */
interface Taken {
  readonly bytes: number;
  readonly asked: number;
  readonly left: number;
}

/** A match: where in which read the bytes lie. `take` is called once it is known how many of them went. */
export interface Found {
  readonly pieces: readonly Piece[];
  take(bytes: number): void;
}

/**
 * What a process has read and not yet sent. A later write is known by its first bytes, so it does not matter whether the
 * program copied them to another buffer in between, and a buffer that was used for something else since is not mistaken
 * for the file. Where two reads begin alike (a file of zeros), the older one is meant.
 *
 * It is careful rather than clever: what goes on from the middle of a read must be its exact rest, or the rest of the
 * slice that the write before began, or one as long as that slice. Everything else came from memory.
 */
export class HeldBytes {
  #held: Held[];

  constructor(held: readonly Held[] = []) {
    this.#held = held.map((each) => ({ ...each, taken: new Map(each.taken) }));
  }

  /** The memory of a child process: it begins as a copy. */
  fork(): HeldBytes {
    return new HeldBytes(this.#held);
  }

  /** A read brought these pieces in. */
  hold(head: string | null, pieces: readonly Piece[]): void {
    const bytes = totalBytes(pieces);
    if (head === null || bytes === 0) return;
    this.#held.push({ head: head.slice(0, bytes), pieces, bytes, taken: new Map() });
    if (this.#held.length > MOST) this.#held.shift();
  }

  /** Looks for what a write of `part` to `place` sends; null: nothing that was read. */
  find({ head, bytes: asked }: Part, place: string): Found | null {
    if (head === null || asked === 0) return null;
    const goingOn = this.#held.find((held) => goesOn(held, place, asked));
    const alike = (held: Held) => startsWith(held, head, asked);
    const fresh = this.#held.findIndex((held) => !held.taken.has(place) && alike(held));
    const first = this.#held[fresh];
    // A file whose parts all begin alike: it is the same file either way, and what was begun goes on.
    if (goingOn && (!first || first.pieces[0]?.file === goingOn.pieces[0]?.file)) return found(goingOn, place, asked);
    if (first) return this.#from(fresh, first, asked, place);
    const again = this.#held.findLast(alike);
    return again ? found(again, place, Math.min(asked, again.bytes), 0) : null;
  }

  /** One read, or several that a program joined into one buffer: then they must add up exactly. */
  #from(at: number, first: Held, asked: number, place: string): Found {
    if (asked <= first.bytes) return found(first, place, asked);
    const joined: Held[] = [];
    let sum = 0;
    for (const held of this.#held.slice(at)) {
      if (sum >= asked || held.taken.has(place)) break;
      joined.push(held);
      sum += held.bytes;
    }
    if (sum !== asked) return found(first, place, first.bytes);
    return {
      pieces: joined.flatMap(({ pieces }) => pieces),
      take(bytes) {
        let left = bytes;
        for (const held of joined) {
          const own = Math.min(left, held.bytes);
          if (own > 0) held.taken.set(place, { bytes: own, asked: held.bytes, left: held.bytes - own });
          left -= own;
        }
      },
    };
  }
}

function startsWith(held: Held, head: string, asked: number): boolean {
  if (held.bytes < TELLING || asked < TELLING) return held.bytes === asked && held.head === head;
  const length = Math.min(held.head.length, head.length);
  return held.head.slice(0, length) === head.slice(0, length);
}

/** The rest of a read, or the next slice of it. */
function goesOn({ bytes, taken }: Held, place: string, asked: number): boolean {
  const before = taken.get(place);
  if (!before || before.bytes >= bytes) return false;
  const rest = bytes - before.bytes;
  return asked === rest || (asked < rest && (asked === before.asked || asked === before.left));
}

function found(held: Held, place: string, asked: number, from = held.taken.get(place)?.bytes ?? 0): Found {
  return {
    pieces: slice(held.pieces, from, asked),
    take(bytes) {
      const own = Math.min(bytes, held.bytes - from);
      if (own > 0) held.taken.set(place, { bytes: from + own, asked, left: asked - own });
    },
  };
}
