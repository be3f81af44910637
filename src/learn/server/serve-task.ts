/** The learner exports a server's loop: several clients, each of whom gets a file through a socket that does not block. */
import type { Observed } from '../observed.ts';

/** One of several clients. */
export interface Client {
  /** Of its file. */
  readonly bytes: number;
  /** `stalls`: reads nothing before the others have everything; `leaves`: after a small part. */
  readonly receiver?: 'stalls' | 'leaves';
  /** Whether nothing of its file is in memory. */
  readonly cold?: true;
}

export interface ServeCase {
  readonly clients: readonly [Client, ...Client[]];
  readonly faults?: 'short' | 'odd-offset' | 'interrupted';
}

export interface ServeTask {
  readonly kind: 'serve';
  readonly function: string;
  readonly cases: readonly ServeCase[];
}

/** What the process that runs the learner's loop is told. */
export interface ServeJob {
  /** The learner's file. */
  readonly module: string;
  readonly function: string;
  /** Where to connect for each client, at 127.0.0.1, and what that client is to get. */
  readonly clients: readonly { readonly port: number; readonly path: string }[];
  readonly faults: 'none' | NonNullable<ServeCase['faults']>;
  /** Whether the disk is slow and every call is looked at. */
  readonly slowDisk: boolean;
  /** Where the report goes. */
  readonly report: string;
}

/** What was seen of a loop, besides what came. */
export interface Seen extends Observed {
  /** Pages of each client's file that were in memory when the loop began. */
  readonly residentBefore: readonly number[];
}
