/** What the parent asks of the client process, and what it answers: lines of JSON (machine/child.ts). */
import type { Destination } from './connection.ts';
import type { Wanted } from './fetch-frames.ts';

/** A topic of one partition, and where it is asked for. */
export interface Target extends Destination, Wanted {
  readonly tls?: boolean;
  /** Connections that ask at a time; 1 without it. */
  readonly consumers?: number;
}

export type ClientQuestion =
  | { readonly do: 'create'; readonly port: number; readonly topic: string }
  /** Appends batches of `batchBytes` until they come to `bytes`, one a request. */
  | {
      readonly do: 'produce';
      readonly port: number;
      readonly topic: string;
      readonly batchBytes: number;
      readonly bytes: number;
    }
  /** Fetches everything, hashes it, and remembers where its batches begin. Before anything else about a topic. */
  | { readonly do: 'look'; readonly at: Target }
  /** Connects, and asks a few times. Nothing of it is timed. */
  | { readonly do: 'open'; readonly at: Target }
  /** Fetches from the beginning on, again and again, on connections that are open, and throws away what comes. */
  | { readonly do: 'fetch'; readonly at: Target; readonly fetches: number }
  /** Asks at a fixed rate for one batch each, and times each answer from the start that was planned for it. */
  | { readonly do: 'paced'; readonly at: Target; readonly requests: number; readonly intervalNs: number }
  /** Asks on every connection and reads nothing. */
  | { readonly do: 'stall'; readonly at: Target }
  /** Reads what one of those connections was sent after all, and leaves them. */
  | { readonly do: 'leave' };

export interface ProduceAnswer {
  readonly bytes: number;
  readonly records: number;
}

export interface LookAnswer {
  readonly sha256: string;
  readonly bytes: number;
  readonly batches: number;
}

export interface FetchAnswer {
  readonly wallNs: number;
  readonly cpuNs: number;
  /** Bytes of records that came, and of them those in whole batches. */
  readonly bytes: number;
  readonly wholeBytes: number;
  readonly fetches: number;
  readonly receives: number;
}

export interface PacedAnswer {
  readonly latenciesNs: readonly number[];
  readonly wallNs: number;
  readonly bytes: number;
}

export interface LeaveAnswer {
  /** Bytes of one response, and their sha256. */
  readonly bytes: number;
  readonly sha256: string;
}
