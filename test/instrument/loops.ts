/** What our side and the C program (loops.h) are asked, and what they answer. Each loop has its twin in C. */
import { Meter } from '#libc';
import type { Family } from '#model/instrument.ts';

/** One sample to take. */
export interface Question {
  readonly family: Family;
  /** Bytes of one operation. */
  readonly bytes: number;
  readonly operations: number;
  /** Of the transfers: where the receiver listens on 127.0.0.1, and the sockets' congestion control. */
  readonly port: number;
  readonly congestion: string;
  readonly path: string;
}

export interface Outcome {
  /** CLOCK_PROCESS_CPUTIME_ID over the loop, ns. Set-up is outside of it, on both sides. */
  readonly cpuNs: number;
  /** Calls that were made. */
  readonly calls: number;
  /** What the loop found, the same on both sides. */
  readonly answer: number;
}

export type Loop = (question: Question) => Outcome;

/** The clock of this process; it allocates nothing when it is read. */
export const meter: Meter = new Meter();

/** Times `operation`, done so many times. @returns its results together */
export function repeat(operations: number, operation: () => number): { cpuNs: number; answer: number } {
  let answer = 0;
  const before = meter.cpuNs();
  for (let done = 0; done < operations; done++) answer += operation();
  return { cpuNs: meter.cpuNs() - before, answer };
}
