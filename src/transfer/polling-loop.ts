import { POLLOUT, PollSet } from '#libc';
import { FileEnded, PeerGone, ReceiverStalled } from './errors.ts';
import type { Mover, Sink } from './mover.ts';

/** One of many transfers: a range of a file for one non-blocking socket. */
export interface Job {
  readonly mover: Mover;
  readonly sink: Sink;
  readonly offset: number;
  readonly count: number;
}

/** How one job went: `done`, or the error that ended it. The others go on whatever happens to one. */
export type Outcome =
  | { readonly state: 'done'; readonly bytes: number }
  | { readonly state: 'failed'; readonly error: Error; readonly bytes: number };

/**
 * Drives many transfers at once, one step a turn for each socket that has room: the loop of a server. A receiver that
 * stalls costs the others nothing.
 *
 * @param timeoutMs how long no receiver at all may take anything, milliseconds; then what is left has stalled
 * @returns outcomes in the order of the jobs
 */
export function sendPolling(jobs: readonly Job[], timeoutMs = 30_000): Outcome[] {
  const sent = jobs.map(() => 0);
  const outcomes: (Outcome | undefined)[] = jobs.map(() => undefined);
  using set = new PollSet(jobs.length);
  let open = 0;

  const settle = (index: number, error?: Error): void => {
    const bytes = sent[index] as number;
    outcomes[index] = error ? { state: 'failed', error, bytes } : { state: 'done', bytes };
    set.clear(index);
    open--;
  };

  /** One step of one job; it leaves the set when it is done or broken. */
  const advance = (job: Job, index: number): void => {
    const before = sent[index] as number;
    try {
      const step = job.mover.step(job.offset + before, job.count - before);
      if (typeof step === 'number') sent[index] = before + step;
      if (step === 'gone') settle(index, new PeerGone(before, job.count));
      else if (step === 'ended') settle(index, new FileEnded(before, job.count));
      else if (sent[index] === job.count) settle(index);
    } catch (error) {
      settle(index, error as Error);
    }
  };

  jobs.forEach((job, index) => {
    open++;
    if (job.count === 0) settle(index);
    else set.set(index, job.sink.fd, POLLOUT);
  });
  while (open > 0) {
    if (set.wait(timeoutMs) === 0) {
      jobs.forEach((job, index) => {
        if (!outcomes[index]) settle(index, new ReceiverStalled(sent[index] as number, job.count, timeoutMs));
      });
      break;
    }
    jobs.forEach((job, index) => {
      // POLLERR and POLLHUP come unasked: the step finds out what happened.
      if (!outcomes[index] && set.happened(index) !== 0) advance(job, index);
    });
  }
  return outcomes as Outcome[];
}
