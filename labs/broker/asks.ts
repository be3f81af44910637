/** What a sample of the lab log-broker asks of a server: read off its factors, by which the lab names its parts. */
import type { Factors } from '#model/result.ts';

const KiB = 1024;

/** The parts of the lab: the factor `part`, as a sentence about it begins. */
export const parts = {
  one: 'one consumer',
  many: 'many consumers',
  disk: 'data from the disk',
  batches: 'batches of another size',
  aligned: 'batches of whole pages',
  buffer: 'a send buffer of 100 KiB',
  bbr: 'congestion control bbr',
  copies: 'a receiver that copies',
  alone: 'small fetches alone',
  beside: 'small fetches beside a large one from the disk',
  slow: 'consumers that do not read',
} as const;
export type Part = (typeof parts)[keyof typeof parts];

/** Bytes of a batch unless the part says otherwise: a little less than Kafka's producers fill (batch.size), and no page's multiple. */
export const USUAL_BATCH_BYTES = 16_200;
/** Four pages. */
export const ALIGNED_BATCH_BYTES = 16 * KiB;

/** Those that are put on the disk are nobody else's: pages that a listener has mapped stay in memory. */
export const DISK_BATCH_BYTES = 16_100;

/** What listeners differ in besides the fetch path. */
export type Socket = 'usual' | 'buffer' | 'bbr';

export interface Ask {
  readonly part: Part;
  /** Bytes of a response, at most. */
  readonly fetchBytes: number;
  readonly batchBytes: number;
  readonly consumers: number;
  readonly socket: Socket;
  /** The log is on the disk only. */
  readonly cold: boolean;
  /** The client copies what comes, and throws it away then. */
  readonly copies: boolean;
}

/** Reads the factors of a cell. */
export function askOf(factors: Factors): Ask {
  const part = factors.part as Part;
  const usual: Partial<Record<Part, number>> = {
    [parts.aligned]: ALIGNED_BATCH_BYTES,
    [parts.disk]: DISK_BATCH_BYTES,
  };
  return {
    part,
    fetchBytes: Number(factors.fetchBytes),
    batchBytes: Number(factors.batchBytes ?? usual[part] ?? USUAL_BATCH_BYTES),
    consumers: Number(factors.consumers ?? 1),
    socket: part === parts.buffer ? 'buffer' : part === parts.bbr ? 'bbr' : 'usual',
    cold: part === parts.disk,
    copies: part === parts.copies,
  };
}

/** Name of the topic whose batches have this size. */
export const topicOf = (batchBytes: number): string => `batches-of-${batchBytes}`;
