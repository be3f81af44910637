/** What an exercise is. Its check.ts describes it with defineExercise(); nothing is run by that. */
import type { FindingCode } from '#model/finding.ts';
import type { ChoiceTask } from './answers/judge-choice.ts';
import type { IndexLookupTask } from './answers/judge-index-lookup.ts';
import type { PredictCallsTask } from './answers/judge-predict-calls.ts';
import type { ReadaheadTask } from './answers/judge-readahead.ts';
import type { SharedPagesTask } from './answers/judge-shared-pages.ts';
import type { FetchTask } from './fetch/fetch-task.ts';
import type { HttpTask } from './http/http-task.ts';
import type { SegmentTask } from './segment/segment-task.ts';
import type { ServeTask } from './server/serve-task.ts';

/** A transfer that the learner's program must make right. Sizes and places are in bytes. */
export interface Case {
  readonly bytes: number;
  /** Which part of the file is asked for; the whole without it. */
  readonly range?: { readonly offset: number; readonly count: number };
  readonly faults?: 'short' | 'short-reference' | 'interrupted';
  /**
   * `leaves`: after a small part, and the program must throw. The file must be larger than what the queues of both sides
   * hold, and `sendBuffer` small, so that it cannot have gone before.
   */
  readonly receiver?: 'slow' | 'leaves';
  /** SO_SNDBUF. */
  readonly sendBuffer?: number;
  /** Offsets around which the file holds data, when it is sparse; without it every byte is random. */
  readonly dataAround?: readonly number[];
  /** Whether the memory that the program takes is looked at. */
  readonly measured?: boolean;
}

/** What the payload must be seen to do. */
export interface Mechanism {
  /** Chains of calls that may carry it, as the trace names them: ['sendfile'], ['pread', 'write']. */
  readonly ways: readonly (readonly string[])[];
  /** Whether the pages of the file themselves are queued: where nothing may be traced, the overwrite test asks this. */
  readonly sharesPages: boolean;
  readonly range?: boolean;
  /** The traced transfer meets such calls: what a program does when one fell short must go the right way too. */
  readonly faults?: 'short-reference';
}

/** The learner exports a function that sends a file, or a range of it, or a header and a file, to a connected socket. */
export interface SendTask {
  readonly kind: 'send';
  readonly function: string;
  readonly cases: readonly Case[];
  readonly mechanism: Mechanism;
  /** A header goes before the file, and both without a packet that is shorter than it need be. */
  readonly header?: true;
  /** Sparse files come first: where what is wrong shows in nothing else. */
  readonly largeFirst?: true;
  /** False where the exercise maps the file, whose pages then count as its memory. */
  readonly constantMemory: boolean;
}

/** What the learner is asked for; each kind has its judge (judge.ts). */
// biome-ignore format: one a line
export type Task =
  | SendTask
  | ServeTask
  | HttpTask
  | FetchTask
  | PredictCallsTask
  | SharedPagesTask
  | IndexLookupTask
  | SegmentTask
  | ReadaheadTask
  | ChoiceTask;

export interface ExerciseDescription {
  /** What is to be done, in a few words. */
  readonly title: string;
  /** The article it belongs to, an address of the site: '/sendfile/'. */
  readonly article: string;
  readonly task: Task;
  /** From the first direction to nearly the answer. */
  readonly hints: readonly [string, ...string[]];
  /** Finding with which the starter fails. */
  readonly starterFails: FindingCode;
}

/** Describes an exercise. */
export function defineExercise(description: ExerciseDescription): ExerciseDescription {
  return description;
}
