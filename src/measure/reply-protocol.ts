/** What the parent asks of the server and of the client of a latency run, and what they answer. */
import type { Address } from '#libc';

/** A request is the offset in the file of what is asked for, as a double. */
export const REQUEST_BYTES = 8;

export type ServerQuestion =
  | { do: 'listen'; congestion: string }
  /** @param spin look for requests all the time: only where the client has a CPU of its own */
  | { do: 'serve'; lab: string; variant: string; path: string; bytes: number; spin: boolean }
  | { do: 'empty-calls' };

export interface ServeAnswer {
  cpuNs: number;
  calls: Record<string, number>;
  minorFaults: number;
  majorFaults: number;
  voluntarySwitches: number;
  involuntarySwitches: number;
  peakMemoryBytes: number;
}

export interface AskQuestion {
  do: 'ask';
  address: Address;
  congestion: string;
  /** Requests that are timed, after some that are not. */
  requests: number;
  /** Bytes of a reply, and of the file that the replies are pieces of. */
  bytes: number;
  fileBytes: number;
  /** From one planned start to the next. */
  intervalNs: number;
  seed: number;
}

export interface AskAnswer {
  latenciesNs: number[];
  /** From the first planned start to the last byte. */
  wallNs: number;
  /** Of all that arrived, in order. */
  sha256: string;
}
