/** Fetch 11 of one partition, made for a client that asks often: its request is written once, its response read by the head. */
import type { RequestOf } from '../wire/message.ts';
import { requestFrame } from './frames.ts';

/** The newest version that this project's broker speaks; Apache Kafka speaks it too. */
export const FETCH_VERSION = 11;

const CORRELATION = 7;
/** Bytes from the fetch offset to the end of the request: the offset, logStartOffset, maxBytes, no topics, no rack. */
const OFFSET_FROM_END = 8 + 8 + 4 + 4 + 2;
/** Bytes of a response before its records, the topic's name left out; from the size to the length of the records. */
const HEAD_BYTES = 70;

/** What a client asks for. */
export interface Wanted {
  readonly topic: string;
  readonly partition?: number;
  /** Bytes of records in a response, at most, but for a first batch that is larger. */
  readonly maxBytes: number;
}

/** A fetch request whose body is `fetchRequest`'s. */
export class FetchFrames {
  /** The request, for the offset that was set last. */
  readonly request: Buffer;
  /** Bytes of a response that come before its records. */
  readonly headBytes: number;

  constructor({ topic, partition = 0, maxBytes }: Wanted) {
    const body = fetchRequest(topic, 0n, { partition, maxBytes });
    this.request = requestFrame('fetch', FETCH_VERSION, body, CORRELATION, 'lab');
    this.headBytes = HEAD_BYTES + Buffer.byteLength(topic);
  }

  /** Asks from this offset on. */
  from(offset: bigint): Buffer {
    this.request.writeBigInt64BE(offset, this.request.length - OFFSET_FROM_END);
    return this.request;
  }

  /** Bytes of records that follow the head of a response. @throws {Error} for an error code, or another layout */
  recordsIn(head: Buffer): number {
    const records = head.readInt32BE(this.headBytes - 4);
    const code = head.readInt16BE(12) || head.readInt16BE(this.headBytes - 38);
    if (code !== 0) throw new Error(`Cannot fetch: the broker answered with error ${code}`);
    const whole = head.readInt32BE(0) + 4;
    if (whole !== this.headBytes + Math.max(0, records))
      throw new Error(
        `Expected ${this.headBytes + records} bytes of response, found ${whole}: there is more in it than records`,
      );
    return Math.max(0, records);
  }
}

/** The body of a fetch of one partition. */
export function fetchRequest(
  topic: string,
  offset: bigint,
  { partition = 0, maxBytes = 2 ** 20, minBytes = 1, maxWaitMs = 0 } = {},
): RequestOf<'fetch'> {
  const one = { index: partition, currentLeaderEpoch: -1, fetchOffset: offset, logStartOffset: -1n, maxBytes };
  return {
    replicaId: -1,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ name: topic, partitions: [one] }],
    forgottenTopics: [],
    rackId: '',
  };
}
