/** What a check found wrong with a learner's program. The English stands in words/findings.ts. */

export interface Finding {
  readonly code: FindingCode;
  /** Numbers and names of the sentence: bytes, calls, and under which `situation` it was seen. */
  readonly args: Readonly<Record<string, string | number>>;
}

/** One kind a subject; each has its file of sentences in words/findings. */
export type FindingCode =
  | ProgramCode
  | TransferCode
  | PacketCode
  | ServerCode
  | HttpCode
  | SegmentCode
  | FetchCode
  | AnswerCode;

/** How the program ended, and what it left behind. */
export type ProgramCode =
  | 'cannot-load'
  | 'no-export'
  | 'threw'
  | 'no-error'
  | 'signal'
  | 'exited'
  | 'hang'
  | 'too-many-processes'
  | 'too-much-memory'
  | 'descriptors-left'
  | 'mappings-left'
  | 'processes-left'
  | 'memory-grows';

/** The bytes of a transfer, and their way. */
export type TransferCode =
  | 'bytes-missing'
  | 'bytes-extra'
  | 'bytes-differ'
  | 'faults-not-met'
  | 'not-by-call'
  | 'from-memory'
  | 'other-file'
  | 'unaccounted'
  | 'pages-not-shared';

/** A header, and in how many packets it went with its file. */
export type PacketCode = 'header-differs' | 'short-packet' | 'held-back';

/** How a server treats several clients. */
export type ServerCode = 'starved' | 'spins' | 'cold-call' | 'read-besides';

/** What a server says over HTTP. */
export type HttpCode = 'http-no-answer' | 'http-status' | 'http-header';

/** A segment of a log that was laid out by hand. */
export type SegmentCode =
  | 'segment-name'
  | 'segment-size'
  | 'segment-offset'
  | 'segment-changed'
  | 'index-size'
  | 'index-entry'
  | 'position-differs';

/** What a broker answers to a Fetch. */
export type FetchCode = 'fetch-head' | 'kcat-differs';

/** Answers to questions. */
export type AnswerCode =
  | 'answer-threw'
  | 'answer-hangs'
  | 'answer-ends'
  | 'answer-shape'
  | 'prediction-differs'
  | 'not-one-transfer'
  | 'evidence-differs'
  | 'not-overwritten'
  | 'not-received'
  | 'lookup-differs'
  | 'read-not-mapped'
  | 'not-mapped'
  | 'too-many-faults'
  | 'readahead-differs'
  | 'residence-differs'
  | 'reads-differ'
  | 'choice-unknown'
  | 'choice-not-best'
  | 'choice-beside';

/** Under which circumstances a learner's program is tried; one sentence each in words/findings/sentence.ts. */
export type Situation =
  | 'plain'
  | 'slow-receiver'
  | 'small-buffer'
  | 'short-counts'
  | 'interrupted'
  | 'receiver-leaves'
  | 'client-stalls'
  | 'client-leaves'
  | 'cold-file'
  | 'traced';

/** What was proved of a program that passed, in numbers: codes of words/findings/proved.ts. */
export type Proved = ProvedTransfers | ProvedAnswers;

export interface ProvedTransfers {
  readonly cases: number;
  readonly bytes: number;
  /** `trace`: the calls were seen; `overwrite`: whose pages arrived. */
  readonly by: 'trace' | 'overwrite';
  /** Ways by which the payload went, with bytes, of the traced transfer. */
  readonly ways: readonly { readonly calls: string; readonly bytes: number; readonly times: number }[];
  /** Answers of a header and a file, and the segments in which they went. */
  readonly packets?: readonly { readonly bytes: number; readonly segments: number }[];
  /** Records that kcat printed as they were produced. */
  readonly records?: number;
}

/** Answers that agree with what was counted here. */
export interface ProvedAnswers {
  /** What was asked; one sentence each in words/findings/proved.ts. */
  readonly answered: AnswerKind;
  readonly cases: number;
  readonly numbers: Readonly<Record<string, string | number>>;
}

/** Kinds of exercises whose answers are compared with a count. */
export type AnswerKind = 'predict-calls' | 'shared-pages' | 'index-lookup' | 'readahead' | 'segment' | 'choice';

export type Judgement =
  | { readonly state: 'passed'; readonly proved: Proved }
  | { readonly state: 'failed'; readonly findings: readonly [Finding, ...Finding[]] };
