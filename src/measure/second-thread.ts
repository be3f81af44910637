/** A second thread of this process that runs on another CPU and does nothing of use: what a server's other threads are. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CannotRunHere } from '#machine/cannot-run.ts';

/** How the thread is told to end, and what it says when it runs. */
export interface SpinOrder {
  /** One 32-bit word: it spins while this is 0. */
  readonly stop: SharedArrayBuffer;
}
export type SpinAnswer = 'spinning' | 'no-second-cpu';

/** Runs until it is disposed of. */
export class SecondThread implements Disposable {
  readonly #stop: Int32Array;

  private constructor(stop: SharedArrayBuffer) {
    this.#stop = new Int32Array(stop);
  }

  /** Starts it, and waits until it spins. @throws {CannotRunHere} where there is one CPU only */
  static async start(): Promise<SecondThread> {
    const order: SpinOrder = { stop: new SharedArrayBuffer(4) };
    const thread = new Worker(new URL('./spin-thread.ts', import.meta.url), { workerData: order });
    const [answer] = (await once(thread, 'message')) as [SpinAnswer];
    if (answer !== 'spinning') throw new CannotRunHere(answer);
    thread.unref();
    return new SecondThread(order.stop);
  }

  [Symbol.dispose](): void {
    Atomics.store(this.#stop, 0, 1);
  }
}
