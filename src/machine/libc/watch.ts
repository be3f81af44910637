/**
 * Waits for descriptors on Node's own event loop, by koffi's handle for libuv's uv_poll_t. Sockets then cost nothing
 * while nothing happens, and timers and files go on beside them.
 */
import koffi from 'koffi';

/** What to wait for. `disconnect`: the peer has finished or is gone, though nothing may have been read (EPOLLRDHUP). */
export interface Waiting {
  readonly readable?: boolean;
  readonly writable?: boolean;
  readonly disconnect?: boolean;
}

export interface Happened extends Required<Waiting> {
  /** 0, or libuv's negative error: the connection was reset, and this watch has stopped. */
  readonly status: number;
}

/** koffi's types leave out that the callback is told a status first. */
type Callback = (status: number, events: Required<Waiting>) => void;

/** Keeps every watch from the garbage collector until it is disposed of: a handle that it collects is closed. */
const watched = new Set<Watch>();

/**
 * Watches one descriptor, level-triggered: what is not done when the callback ends is said again in the next turn. The
 * descriptor must stay open until the watch is disposed of, and must not be one that Node watches itself (uv_poll_init).
 */
export class Watch implements Disposable {
  readonly #handle: ReturnType<typeof koffi.node.poll>;
  readonly #callback: Callback;
  #waiting: Waiting | null = null;
  #open = true;

  /** Watches nothing yet. */
  constructor(fd: number, happened: (what: Happened) => void) {
    this.#callback = (status, events) => {
      // libuv has stopped a watch that it reports an error of.
      if (status !== 0) this.#waiting = null;
      happened({ status, ...events });
    };
    this.#handle = koffi.node.poll(fd, {}, this.#callback as never);
    this.#handle.stop();
    watched.add(this);
  }

  /** Waits for this from now on, and for nothing else; null: for nothing. Asking for the same again costs nothing. */
  until(waiting: Waiting | null): void {
    if (!this.#open || waiting === this.#waiting) return;
    this.#waiting = waiting;
    if (waiting) this.#handle.start(waiting, this.#callback as never);
    else this.#handle.stop();
  }

  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    this.#handle.close();
    watched.delete(this);
  }
}
