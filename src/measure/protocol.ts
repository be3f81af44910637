/** What the parent asks of the sending and the receiving process, and what they answer: lines of JSON (machine/child.ts). */
import type { Address } from '#libc';
import type { Link } from '#machine/links.ts';
import type { Cable } from '#machine/veth.ts';
import type { Slices } from '#transfer/slices.ts';

export type SendQuestion =
  | TransferQuestion
  | { do: 'empty-calls' }
  | { do: 'allow-tracing' }
  /** From this network to that of the process `to`, carrying `limit` bits a second at most. */
  | { do: 'lay-cable'; cable: Cable; to: number; limit: number | null };

/** What could not be done here, as CannotRunHere says it. */
export interface LayAnswer {
  cannotRun: { why: string; args: Record<string, string | number> } | null;
}

export interface TransferQuestion {
  do: 'send';
  /** Lab file whose senders hold the variant. */
  lab: string;
  variant: string;
  address: Address;
  link: Link;
  congestion: string;
  path: string;
  bytes: number;
  chunk: number;
  /** null: the whole file. */
  slices: Slices | null;
}

export interface SendAnswer {
  /** CLOCK_MONOTONIC before the first call, ns. */
  startNs: number;
  cpuNs: number;
  calls: Record<string, number> | null;
  minorFaults: number;
  majorFaults: number;
  voluntarySwitches: number;
  involuntarySwitches: number;
  peakMemoryBytes: number;
}

/** CPU time of one system call that does nothing, ns: what every call of this program costs at least. */
export interface EmptyCallAnswer {
  ns: number;
}

/** Whether the parent had to be allowed to trace it (Yama). */
export interface AllowAnswer {
  allowed: boolean;
}

export type ReceiveQuestion =
  | { do: 'listen'; link: Link; congestion: string; host?: string }
  /** Take one end of a cable that was laid to this process's network. */
  | { do: 'bring-up'; end: Cable['there'] }
  /**
   * Take one connection and read it to its end: into a buffer, discarding, or hashing what came. Of a row of answers, say one
   * byte after each: it asks for the next.
   */
  | { do: 'receive'; link: Link; how: 'copy' | 'discard' | 'hash'; answerBytes?: number | null };

export interface ListenAnswer {
  address: Address;
}

export interface ReceiveAnswer {
  /** CLOCK_MONOTONIC when the last byte was there, ns. */
  endNs: number;
  cpuNs: number;
  bytes: number;
  /** sha256 when it was asked to hash, else null. */
  hash: string | null;
}
