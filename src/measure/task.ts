/** Work that is measured in a process of its own and is not a transfer from our sender to our receiver. */
import type { Factors } from '#model/result.ts';
import type { Mode } from './request.ts';

/** Under which circumstances a task is to work. */
export interface TaskSetting {
  readonly factors: Factors;
  /** The run's folder, where the lab has put its files. The same for all variants. */
  readonly folder: string;
  readonly mode: Mode;
  /** Payload of --size in bytes; null: the lab's own. */
  readonly bytes: number | null;
  /** The same for all variants of a round, so that they do the same work; another in each round. */
  readonly seed: number;
}

/** What was done between the two looks at the clock. */
export interface Work {
  /** Payload that was worked on, bytes, more than none. */
  readonly bytes: number;
  /** What came out, as a checksum or a sum: all variants with the same factors must agree on it. */
  readonly check: string;
  /** System calls by name, where the task counted them. */
  readonly calls?: Readonly<Record<string, number>>;
  /** CPU time of other processes that had a part in it, ns. */
  readonly receiverCpuNs?: number;
  /** What the lab adds: numbers by name, the unit in the name. `operations` is what `per: 'operation'` divides by. */
  readonly extra?: Readonly<Record<string, number>>;
  /** How long each request took, in the order of the planned starts, ns. */
  readonly latenciesNs?: readonly number[];
}

/** A task that stands ready. What it does outside `run` is not measured. */
export interface PreparedTask {
  run(): Work | Promise<Work>;
  /** Completes the work when the clock has stopped and everything still stands: looks at what arrived, or at memory. */
  after?(work: Work): Work;
  [Symbol.dispose](): void;
}

/**
 * Prepares one sample: opens, maps, warms or evicts.
 * @throws {CannotRunHere} where this machine does not allow it, found out by doing it once
 */
export type Task = (setting: TaskSetting) => PreparedTask | Promise<PreparedTask>;

/** What the parent asks of the worker (worker.ts). */
export type WorkerQuestion = { do: 'work'; lab: string; variant: string; setting: TaskSetting } | { do: 'empty-calls' };

export type WorkerAnswer =
  | { cannotRun: { why: string; args: Record<string, string | number> } }
  | {
      wallNs: number;
      cpuNs: number;
      minorFaults: number;
      majorFaults: number;
      voluntarySwitches: number;
      involuntarySwitches: number;
      peakMemoryBytes: number;
      work: Work;
    };
