/** The learner lays a segment out by hand, and finds offsets in one. */
import type { BatchPlace, IndexEntry } from './layout.ts';

/** One batch of a produce request. */
export interface BatchShape {
  readonly records: number;
  /** Of the value of each record. */
  readonly valueBytes: number;
}

/** What a broker finds in a folder that somebody else wrote. */
export interface ReadBack {
  readonly startOffset: number;
  readonly endOffset: number;
  /** Bytes of log that it kept, after it checked every batch. */
  readonly bytes: number;
  /** Where it found the batch of each offset that it was asked for. */
  readonly found: readonly { readonly offset: number; readonly position: number }[];
  /** The index that it made anew from the batches. */
  readonly index: readonly IndexEntry[];
}

/** The project's broker, as far as an exercise needs it: exercises may import it, and what judges them may not. */
export interface SegmentTools {
  /** Batches back to back, as a producer sends them. */
  readonly produce: (batches: readonly BatchShape[]) => Buffer;
  /** Opens a folder as after a crash, so that nothing in it is trusted, and looks for offsets. */
  readonly readBack: (folder: string, offsets: readonly number[]) => ReadBack;
}

export interface SegmentTrial {
  readonly baseOffset: number;
  readonly batches: readonly BatchShape[];
}

export interface SegmentTask {
  readonly kind: 'segment';
  /** Called with a folder, the path of a file of batches, and a base offset. */
  readonly layOut: string;
  /** Called with a folder, a base offset, and an offset; returns a position, or -1. */
  readonly find: string;
  /** What the starter shows. */
  readonly example: SegmentTrial;
  /** What the learner does not see. */
  readonly hidden: readonly SegmentTrial[];
  readonly tools: SegmentTools;
}

/** An offset, and the batch that holds it; null behind the end. */
export interface OffsetLookup {
  readonly offset: number;
  readonly batch: BatchPlace | null;
}
