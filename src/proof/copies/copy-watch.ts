/** Counts the kernel's copies while programs of somebody else's run: the rings are emptied meanwhile. */
import { CopyCounter, type Watched } from './counter.ts';
import { type Tally, tallyOf } from './tally.ts';

/** How often the rings are emptied, milliseconds: they hold some four thousand samples a function and CPU. */
const INTERVAL_MS = 20;

/** @example using watch = new CopyWatch(); watch.start(); await something; watch.stop(pids) */
export class CopyWatch implements Disposable {
  readonly #counter = new CopyCounter();
  #timer: NodeJS.Timeout | undefined;
  #failure: unknown;

  /** What this kernel lets us watch. */
  get watched(): Watched {
    return this.#counter.watched;
  }

  start(): void {
    this.#counter.start();
    this.#timer = setInterval(() => this.#collect(), INTERVAL_MS);
  }

  /**
   * @param pids processes whose copies are asked for; those of soft interrupts are added, which run on anybody's time
   * @throws {SamplesLost | CountFailed}
   */
  stop(pids: ReadonlySet<number>): Omit<Tally, 'copiedBy'> {
    clearInterval(this.#timer);
    this.#counter.stop();
    if (this.#failure) throw this.#failure;
    return tallyOf(this.#counter.take(), this.#counter.watched, pids);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#counter[Symbol.dispose]();
  }

  #collect(): void {
    try {
      this.#counter.collect();
    } catch (error) {
      // Told when the span ends: a timer has nobody to tell.
      this.#failure ??= error;
      clearInterval(this.#timer);
    }
  }
}
