/** What the parent asks of the counting sender and its receivers, and what they answer: lines of JSON (machine/child.ts). */
import type { Address, KernelTls } from '#libc';
import type { Cable } from '#machine/veth.ts';
import type { CountSample } from '#model/count-sample.ts';
import type { CannotRun } from '#model/result.ts';
import type { Watched } from './counter.ts';

/** How the receiver takes the payload: recv(2) into memory, recv(2) with MSG_TRUNC, splice(2) to /dev/null, or hashed. */
export type Taking = 'read' | 'discard' | 'splice' | 'hash';

/** Why something cannot be done here; words/needs.ts says it. */
export type Refusal = Pick<CannotRun, 'why' | 'args'>;

export type ReceiverQuestion =
  /** Leave the network, so that only a cable leads here. */
  | { do: 'leave-network' }
  | { do: 'bring-up'; end: Cable['there'] }
  | { do: 'listen'; name: string; address: Address; congestion: string }
  /** Take one connection, and on it `bytes` bytes; `tls`: let the kernel decrypt them. */
  | { do: 'take'; name: string; how: Taking; bytes: number; tls: KernelTls | null };

export interface TakeAnswer {
  bytes: number;
  /** sha256 when it was asked to hash, else null. */
  hash: string | null;
}

export type SenderQuestion =
  | { do: 'open-counter' }
  /** Count what others do, between these two. */
  | { do: 'start-counting' }
  | { do: 'stop-counting'; sender: number; receiver: number }
  | {
      do: 'send';
      /** Lab file whose senders hold the variant. */
      lab: string;
      variant: string;
      address: Address;
      congestion: string;
      /** Let the kernel encrypt what is sent. */
      tls: KernelTls | null;
      path: string;
      bytes: number;
      chunk: number;
      /** Copy the file into a tmpfs first, and send it from there. */
      tmpfs: boolean;
      /** Process that receives; null: do not count. */
      receiver: number | null;
    };

export type CounterAnswer = { watched: Watched } | { refusal: Refusal };

/** What was counted of one transfer. */
export type Counted = Omit<CountSample, 'round' | 'order' | 'payloadBytes'>;

/** What was counted of two other processes; `retransmitted` as below. */
export type StopAnswer = { counted: Omit<Counted, 'calls'>; retransmitted: number };

/** `retransmitted`: TCP segments that were sent once more meanwhile. */
export type SendAnswer = { counted: Counted; retransmitted: number } | { refusal: Refusal };
