/** What the process that runs a learner's file is told, and what it says afterwards: one JSON file each way. */
import type { TcpInfo } from '#libc';
import type { Faults } from './faults.ts';
import type { Leftovers } from './leftovers.ts';
import type { Observed } from './observed.ts';
import type { Seen } from './server/serve-task.ts';

export interface Job {
  /** The learner's file. */
  readonly module: string;
  /** Name of the function that it must export; called with a connected socket, the path and `args`. */
  readonly function: string;
  readonly path: string;
  readonly args: readonly (number | string)[];
  /** Where to connect, at 127.0.0.1. */
  readonly port: number;
  /** SO_SNDBUF in bytes; null: what the kernel likes. */
  readonly sendBuffer: number | null;
  readonly faults: Faults;
  /** Where the report goes. */
  readonly report: string;
}

/** What is left when the learner's function has come back, and what it met on the way. */
export interface Left extends Leftovers {
  /** Calls that were made to fall short or to be interrupted. */
  readonly faultsMet: number;
  /** Of one socket: what the kernel knows of it, and whether TCP_CORK is still set. */
  readonly tcp?: TcpInfo & { readonly corked: boolean };
  /** Of a server's loop. */
  readonly seen?: Seen;
  /** Of an HTTP server or a broker, by request: what it threw, null where it came back. */
  readonly thrown?: readonly (string | null)[];
  /** Of a broker: bytes that each answer without records left in the queue, and how it waited. */
  readonly unsent?: readonly number[];
  readonly observed?: Observed;
}

export type Report =
  | { readonly state: 'cannot-load'; readonly message: string }
  | { readonly state: 'no-export' }
  | { readonly state: 'returned'; readonly left: Left }
  | { readonly state: 'threw'; readonly message: string; readonly left: Left };
