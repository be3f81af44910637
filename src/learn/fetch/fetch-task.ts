/** The learner exports a function that answers a Fetch request of Kafka's protocol: a head, and a slice of a segment. */
import type { BatchShape } from '../segment/segment-task.ts';

/** What a Fetch is due, all but the sending; as JSON has no bytes, this stays inside one process. */
export interface FetchDue {
  /** By which the client knows its answer. */
  readonly correlationId: number;
  /** Everything between the correlation id and the length of the records. */
  readonly fields: Buffer;
  /** The slice: a file, where it begins and how long it is. No byte: there is nothing at this offset yet. */
  readonly path: string;
  readonly position: number;
  readonly bytes: number;
}

/** A partition that was made, and the value of each record by its offset. */
export interface MadePartition {
  /** Its `.log`. */
  readonly path: string;
  readonly values: readonly Buffer[];
}

/** A broker without groups and producers, of which everything is there but the answer to a Fetch. */
export interface SmallBroker extends Disposable {
  /** @param frame without its length @param port where clients reach it @returns an answer to send as it is, or a Fetch's due */
  answer(frame: Buffer, port: number): Promise<Buffer | FetchDue>;
}

/** What an exercise brings along: exercises may import the broker, and what judges them may not. */
export interface FetchTools {
  readonly topic: string;
  /** Makes a data folder with one partition. */
  readonly make: (folder: string, batches: readonly BatchShape[]) => MadePartition;
  readonly open: (folder: string) => SmallBroker;
  /** A Fetch request with its length, from an offset on. It does not wait. */
  readonly request: (correlationId: number, offset: number, maxBytes: number) => Buffer;
}

export interface FetchRequest {
  readonly offset: number;
  readonly maxBytes: number;
}

/** One connection, and what is asked on it. */
export interface FetchCase {
  readonly batches: readonly BatchShape[];
  readonly requests: readonly [FetchRequest, ...FetchRequest[]];
  readonly faults?: 'short' | 'interrupted';
  /** `late` reads only when nothing more can be queued for it; `leaves` after a small part of the first answer. */
  readonly receiver?: 'late' | 'leaves';
}

export interface FetchTask {
  readonly kind: 'fetch';
  /** Called with a socket that does not block, and a FetchDue. */
  readonly function: string;
  /** Address of a module with `tools`: FetchTools, as a `file:` URL. */
  readonly tools: string;
  readonly cases: readonly FetchCase[];
}

/** What the process that runs the learner's function is told. */
export interface FetchJob {
  /** The learner's file. */
  readonly module: string;
  readonly function: string;
  readonly tools: string;
  /** The data folder, and the segment in it. */
  readonly folder: string;
  readonly path: string;
  readonly faults: 'none' | 'short' | 'interrupted';
  /** Where the port goes as soon as it listens, a letter for each Fetch that begins (b) or ends (e), and the report. */
  readonly portFile: string;
  readonly progress: string;
  readonly report: string;
  /** As soon as this file is there, it ends. */
  readonly stop: string;
}

/** Loads what an exercise brings along. */
export async function loadTools(url: string): Promise<FetchTools> {
  return ((await import(url)) as { readonly tools: FetchTools }).tools;
}
