/** What the process that asks a learner's file questions is told (one JSON file), and what it says (JSON, one fact a line). */
import type { Leftovers } from '../leftovers.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface Question {
  /** Exported function that is called, or exported constant whose value is the answer. */
  readonly name: string;
  readonly args: readonly Json[];
}

export interface Paper {
  /** The learner's file. */
  readonly module: string;
  /** How the questions are put (stages.ts). */
  readonly stage: 'plain' | 'transfer' | 'warm';
  readonly questions: readonly Question[];
  /** Files that the learner's function is given: mappings of them must not be left. */
  readonly paths: readonly string[];
  /** Where the facts go. */
  readonly report: string;
}

export interface Answer {
  readonly state: 'answer';
  /** What the function returned; null for nothing, and for what JSON has no word for. */
  readonly value: Json;
  /** Minor faults of the process during the call, getrusage(2). */
  readonly faults: number;
  /** Calls of the read family during the call: syscr of /proc/self/io, proc(5). */
  readonly readCalls: number;
  /** What the stage saw besides. */
  readonly seen: { readonly [name: string]: number };
}

export type Fact =
  | { readonly state: 'begun' }
  | { readonly state: 'cannot-load'; readonly message: string }
  | { readonly state: 'no-export'; readonly name: string }
  | Answer
  | { readonly state: 'threw'; readonly message: string }
  /** What puts the questions failed, not the learner. */
  | { readonly state: 'broke'; readonly message: string }
  | { readonly state: 'done'; readonly left: Leftovers };
