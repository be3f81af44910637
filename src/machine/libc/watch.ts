/**
 * Waits for descriptors on Node's own event loop: they are in one epoll set, and Node watches the set (koffi's handle for
 * libuv's uv_poll_t). Sockets then cost nothing while nothing happens, and timers and files go on beside them.
 */
import { performance } from 'node:perf_hooks';
import koffi from 'koffi';
import { EPOLLERR, EPOLLHUP, EPOLLIN, EPOLLOUT, EPOLLRDHUP, Epoll } from './epoll.ts';
import { ECONNRESET } from './errno.ts';
import { type NodeLoop, nodeLoop } from './node-loop.ts';

/** What to wait for. `disconnect`: the peer has finished or is gone, though nothing may have been read (EPOLLRDHUP). */
export interface Waiting {
  readonly readable?: boolean;
  readonly writable?: boolean;
  readonly disconnect?: boolean;
}

export interface Happened extends Required<Waiting> {
  /** 0, or a negative errno: the connection was reset, and this watch has stopped. */
  readonly status: number;
}

/** Descriptors that one look at the set tells of, at most. */
const MOST_READY = 64;
/** How long a turn lasts at most while there is always something to tell, milliseconds. */
const TURN_MS = 5;
/** A timer that never fires, for a loop with nothing else to wait for would not wait. Milliseconds. */
const NEVER_MS = 2 ** 30;
/** Stands for Node's event loop in the set. */
const NODE = 0;
const READABLE = { readable: true };
const nothing = () => {};

/** The set, while somebody waits; each thread that imports this has its own. */
class Watches {
  readonly #epoll = new Epoll(MOST_READY);
  readonly #told = (() => this.#turn()) as never;
  readonly #handle = koffi.node.poll(this.#epoll.fd, {}, this.#told);
  readonly #node = nodeLoop();
  readonly #awake = setInterval(() => {}, NEVER_MS).unref();
  readonly #byNumber = new Map<number, Watch>();
  #last = NODE;
  #waiting = 0;
  #inside = false;
  /** Whether a turn may wait for more instead of going back to Node. */
  stays: () => boolean = () => false;

  constructor() {
    this.#handle.stop();
  }

  join(watch: Watch): number {
    this.#last = (this.#last + 1) >>> 0 || NODE + 1;
    this.#byNumber.set(this.#last, watch);
    return this.#last;
  }

  leave(number: number): void {
    this.#byNumber.delete(number);
  }

  /** @param events none: 0; a descriptor that waits for nothing is not in the set, or a peer that left would be told for ever */
  wait(fd: number, number: number, before: number, events: number): void {
    if (before === events) return;
    if (events === 0) this.#epoll.remove(fd);
    else if (before === 0) this.#epoll.add(fd, events, number);
    else this.#epoll.change(fd, events, number);
    const was = this.#waiting;
    this.#waiting += Number(events !== 0) - Number(before !== 0);
    if (!this.#inside && (was === 0) !== (this.#waiting === 0)) this.#listen();
  }

  /** Node waits for the set only while somebody is in it, and may end when nobody is. */
  #listen(): void {
    if (this.#waiting > 0) this.#handle.start(READABLE, this.#told);
    else this.#handle.stop();
  }

  #turn(): void {
    this.#tell(0);
    if (this.#node && this.#waiting > 0 && this.stays()) this.#stay(this.#node);
    // Promises are settled after callbacks that Node makes. This one koffi makes: without another they would lie there until
    // some timer is due.
    setImmediate(nothing);
  }

  /**
   * Waits for the set here, and for Node's event loop in it: a turn of the loop and the way from there to here cost more
   * than all calls that answer a small request. The loop has its turn as soon as there is anything in it to do.
   */
  #stay(node: NodeLoop): void {
    const start = performance.now();
    this.#inside = true;
    // A set within a set that is within it would be a circle (ELOOP).
    this.#handle.stop();
    this.#awake.ref();
    this.#epoll.add(node.fd, EPOLLIN, NODE);
    try {
      for (;;) {
        const timeoutMs = node.timeoutMs();
        if (timeoutMs === 0 || !this.#tell(timeoutMs)) return;
        if (this.#waiting === 0 || !this.stays() || performance.now() - start > TURN_MS) return;
      }
    } finally {
      this.#epoll.remove(node.fd);
      this.#awake.unref();
      this.#inside = false;
      this.#listen();
    }
  }

  /** Waits, and tells those that are ready. @returns whether somebody was, and Node's event loop was not */
  #tell(timeoutMs: number): boolean {
    const ready = this.#epoll.wait(timeoutMs);
    let theirs = false;
    for (let place = 0; place < ready; place++) {
      const number = this.#epoll.numberAt(place);
      if (number === NODE) theirs = true;
      else this.#byNumber.get(number)?.told(this.#epoll.eventsAt(place));
    }
    return ready > 0 && !theirs;
  }
}

let watches: Watches | undefined;

/**
 * Lets a program whose work is what its watches tell stay with them, instead of going back to Node's event loop after
 * each. Timers and whatever Node itself watches still have their turn at once; promises, and process.nextTick(), only when
 * `stays` says no: it is to say so while somebody waits for one that a watch may have settled.
 */
export function stayWhile(stays: () => boolean): void {
  watches ??= new Watches();
  watches.stays = stays;
}

/**
 * Watches one descriptor, level-triggered: what is not done when the callback ends is said again in the next turn. The
 * descriptor must stay open until the watch is disposed of.
 */
export class Watch implements Disposable {
  readonly #fd: number;
  readonly #watches: Watches;
  readonly #number: number;
  readonly #happened: (what: Happened) => void;
  #waiting: Waiting | null = null;
  #events = 0;
  #open = true;

  /** Watches nothing yet. */
  constructor(fd: number, happened: (what: Happened) => void) {
    watches ??= new Watches();
    this.#fd = fd;
    this.#watches = watches;
    this.#number = watches.join(this);
    this.#happened = happened;
  }

  /** Waits for this from now on, and for nothing else; null: for nothing. Asking for the same again costs nothing. */
  until(waiting: Waiting | null): void {
    if (!this.#open || waiting === this.#waiting) return;
    const events = eventsOf(waiting);
    this.#watches.wait(this.#fd, this.#number, this.#events, events);
    this.#waiting = waiting;
    this.#events = events;
  }

  /** For the set alone. */
  told(events: number): void {
    if ((events & EPOLLERR) !== 0) {
      this.until(null);
      this.#happened({ status: -ECONNRESET, readable: false, writable: false, disconnect: false });
      return;
    }
    // Both ends have finished: whatever was waited for will not come otherwise.
    const so = (events & EPOLLHUP) !== 0 ? this.#events : events & this.#events;
    this.#happened({
      status: 0,
      readable: (so & EPOLLIN) !== 0,
      writable: (so & EPOLLOUT) !== 0,
      disconnect: (so & EPOLLRDHUP) !== 0,
    });
  }

  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.until(null);
    this.#open = false;
    this.#watches.leave(this.#number);
  }
}

function eventsOf(waiting: Waiting | null): number {
  if (!waiting) return 0;
  const { readable, writable, disconnect } = waiting;
  return (readable ? EPOLLIN : 0) | (writable ? EPOLLOUT : 0) | (disconnect ? EPOLLRDHUP : 0);
}
