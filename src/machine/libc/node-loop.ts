/**
 * Node's event loop (libuv) as a program sees it that embeds it: what it would wait for, and how long. Node exports these
 * functions for its add-ons; https://docs.libuv.org/en/v1.x/loop.html.
 */
import { isMainThread } from 'node:worker_threads';
import { CannotRunHere } from '../cannot-run.ts';
import { bindNode } from './load.ts';

const c = {
  uv_default_loop: bindNode<() => number>('uv_default_loop', 'pointer', []),
  uv_backend_fd: bindNode<(loop: number) => number>('uv_backend_fd', 'int', ['pointer']),
  uv_backend_timeout: bindNode<(loop: number) => number>('uv_backend_timeout', 'int', ['pointer']),
};

export interface NodeLoop {
  /** Readable when there is something to do; it is not read from. */
  readonly fd: number;
  /**
   * How long the loop could wait for it, milliseconds: 0 when it has to turn at once, −1 without end. As of its last turn:
   * a timer is due that much earlier as that is ago.
   */
  timeoutMs(): number;
}

/** The event loop of this thread; null where it is not to be had, in a worker or under another libuv. */
export function nodeLoop(): NodeLoop | null {
  if (!isMainThread) return null;
  try {
    const loop = c.uv_default_loop();
    const fd = c.uv_backend_fd(loop);
    return fd < 0 ? null : { fd, timeoutMs: () => c.uv_backend_timeout(loop) };
  } catch (error) {
    if (error instanceof CannotRunHere) return null;
    throw error;
  }
}
