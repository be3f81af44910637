/** Who takes the samples of a run: one working process, or several that a lab puts together. */
import type { Cell } from './schedule.ts';
import type { WorkerAnswer } from './task.ts';

export interface Crew {
  /** One sample, or why it cannot be taken here. @param round from 0: the same work for all cells of a round */
  work(cell: Cell, round: number): Promise<WorkerAnswer>;
  /** What a system call that does nothing costs in the working process, ns. */
  emptyCallNs(): Promise<number>;
  /** Lets its processes end. */
  end(): void;
}
