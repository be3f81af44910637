/**
 * A claim: something that the five articles say, what primary sources say of it, and how a machine decides it. Two scales
 * that never mix: the sources have a verdict on the statement, and every machine has one of its own.
 */
import type { Factors, LabResult } from '../result.ts';
import type { ArticleNumber } from './articles.ts';

/** What primary sources say. */
export type SourceVerdict = 'true' | 'conditional' | 'misleading' | 'false' | 'no-source';

/** What a machine showed. */
export type MachineVerdict = 'held' | 'not-held' | 'too-noisy' | 'not-run' | 'cannot-run';

/** Why there is no verdict; src/model/words/claims.ts says it, and words/needs.ts what a machine lacks. */
export interface Reason {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
}

/** What a number is; the words and the unit of each stand in src/model/words/claims.ts. */
export type Quantity =
  | 'sender-copies'
  | 'copies-to-program'
  | 'copies-from-program'
  | 'references'
  | 'encryptions'
  | 'calls'
  | 'map-calls'
  | 'read-calls'
  | 'asked-bytes'
  | 'sent-bytes'
  | 'appended-bytes'
  | 'sendfile-bytes'
  | 'sendfile-calls'
  | 'record-bytes'
  | 'log-read-bytes'
  | 'own-bytes'
  | 'batches'
  | 'compressed-batches'
  | 'mapped-indexes'
  | 'mapped-logs'
  | 'rolls'
  | 'log-syncs'
  | 'throughput'
  | 'crossings'
  | 'switches'
  | 'queued-bytes'
  | 'old-bytes'
  | 'new-bytes'
  | 'map-areas'
  | 'map-limit'
  | 'areas-per-segment'
  | 'descriptors-per-segment'
  | 'read-bytes'
  | 'used-more'
  | 'available-less'
  | 'io-wait'
  | 'io-pressure'
  | 'disk-again'
  | 'wire-packets'
  | 'wire-bytes'
  | 'held-memory'
  | 'cpu-growth'
  | 'busy-share'
  | 'neighbour-work'
  | 'latency'
  | 'held-thread'
  | 'held-tail'
  | 'access-time'
  | 'seen-bytes'
  | 'cached-bytes'
  | 'dirty-bytes'
  | 'left-dirty-bytes'
  | 'kernel-bytes'
  | 'resident-bytes'
  | 'taken-bytes'
  | 'minor-faults'
  | 'major-faults'
  | 'total-cpu'
  | 'wall-time';

/** A number that a finding rests on, or that stands beside it. Ratios have an interval (99 %). */
export interface Shown {
  readonly what: Quantity;
  readonly variant: string;
  readonly factors: Factors;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** What a ratio is to, and in which factors that differs. */
  readonly than?: { readonly variant: string; readonly factors?: Factors };
}

/** What one result says about one test. */
export type Finding =
  | { readonly state: 'held' | 'not-held'; readonly numbers: readonly Shown[] }
  | { readonly state: 'too-noisy'; readonly why: Reason; readonly numbers: readonly Shown[] }
  | { readonly state: 'not-run' | 'cannot-run'; readonly why: Reason };

/** Judges one result by its samples only. A series that it needs and does not find makes it *not run*, never *held*. */
export type Predicate = (result: LabResult) => Finding;

export interface Test {
  readonly lab: string;
  /** What must be seen for the claim to hold, as a sentence without its full stop. */
  readonly asks: string;
  readonly judge: Predicate;
}

/** A part of the claim, or all of it, that no lab of this copy decides, and why. */
export interface Untested {
  /** Which part, as the end of "not tested: …"; absent when it is the whole claim. */
  readonly part?: string;
  readonly why: Reason;
}

/** One primary source: a manual section, a kernel function, a document; and what it says, in our words. */
export interface Citation {
  readonly source: string;
  readonly says: string;
}

interface Stated {
  /** Letter of the group and number: `A2`. */
  readonly id: string;
  readonly statement: string;
  readonly saidBy: readonly [ArticleNumber, ...ArticleNumber[]];
  readonly sources: {
    readonly verdict: SourceVerdict;
    /** Why, in one or two sentences. */
    readonly why: string;
    readonly citations: readonly Citation[];
  };
}

/** Held only if all tests ran and held. `untested` beside them are halves that were split off. */
export interface TestedClaim extends Stated {
  readonly tests: readonly [Test, ...Test[]];
  readonly untested?: readonly Untested[];
}

export interface UntestedClaim extends Stated {
  readonly tests?: undefined;
  readonly untested: readonly [Untested, ...Untested[]];
}

export type Claim = TestedClaim | UntestedClaim;
