import { oneSegmentBytes } from '../../fetch/one-segment.ts';
import { StorageError } from '../../storage/errors.ts';
import type { Log, Range } from '../../storage/log.ts';
import type { Slice } from '../../storage/slice.ts';
import type { Storage } from '../../storage/topics.ts';
import { errors } from '../../wire/errors.ts';
import type { RequestOf, ResponseOf } from '../../wire/message.ts';
import type { Arrivals } from '../arrivals.ts';
import type { Answer, Asker } from './answer.ts';

/** A client that asks to wait longer is answered then, with nothing: it asks again. Milliseconds. */
const LONGEST_WAIT_MS = 60_000;

type Response = ResponseOf<'fetch'>;
type Topic = Response['topics'][number];
type Partition = Topic['partitions'][number];

/** What a look at the logs found: slices, which somebody must release, and whether it is worth an answer already. */
interface Found {
  readonly topics: readonly Topic[];
  readonly slices: readonly Slice[];
  readonly bytes: number;
  readonly failed: boolean;
}

/**
 * Finds the slices that a client asked for. When they are fewer than `minBytes`, the answer waits for more, `maxWaitMs`
 * at most. Fetch sessions (KIP-227) are declined, as a broker whose session cache is full does: session 0.
 */
export function answerFetch(
  storage: Storage,
  arrivals: Arrivals,
  mostBytes: number,
  stopping: () => boolean,
): Answer<'fetch'> {
  return (body, asker) => {
    if (body.sessionId !== 0) return response([], errors.FETCH_SESSION_ID_NOT_FOUND);
    const look = () => find(storage, body, mostBytes);
    const first = look();
    if (enough(first, body) || body.maxWaitMs <= 0 || stopping()) return response(first.topics);
    release(first);
    return later(body, asker, arrivals, (last) => {
      const found = look();
      if (last || enough(found, body) || stopping()) return response(found.topics);
      release(found);
      return null;
    });
  };
}

/** Waits for records. @param attempt gives a response, or null to wait on; `last`: the time is over */
function later(
  { topics, maxWaitMs }: RequestOf<'fetch'>,
  asker: Asker,
  arrivals: Arrivals,
  attempt: (last: boolean) => Response | null,
): Promise<Response | null> {
  return new Promise((resolve, reject) => {
    const partitions = topics.flatMap(({ name, partitions }) =>
      partitions.map(({ index }) => ({ topic: name, partition: index })),
    );
    const look = (last: boolean) => {
      try {
        const response = attempt(last);
        if (response) settle(() => resolve(response));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const settle = (how: () => void) => {
      clearTimeout(timer);
      deaf();
      forget();
      how();
    };
    const timer = setTimeout(() => look(true), Math.min(maxWaitMs, LONGEST_WAIT_MS));
    const deaf = arrivals.listen(partitions, () => look(false));
    const forget = asker.whenGone(() => settle(() => resolve(null)));
  });
}

/** Looks at each partition in the order of the request; only the first that has something may exceed the limits. */
function find(storage: Storage, { topics, maxBytes }: RequestOf<'fetch'>, mostBytes: number): Found {
  const slices: Slice[] = [];
  let left = Math.max(0, Math.min(maxBytes, mostBytes));
  let bytes = 0;
  let failed = false;
  const found = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ index, fetchOffset, maxBytes }): Partition => {
      const most = Math.max(0, Math.min(maxBytes, left));
      const { partition, slices: some, available } = read(storage, name, index, fetchOffset, most, bytes === 0);
      slices.push(...some);
      bytes += available;
      left = Math.max(0, left - available);
      failed ||= partition.errorCode !== errors.NONE;
      return partition;
    }),
  }));
  return { topics: found, slices, bytes, failed };
}

/** One partition's part of the answer. */
interface Read {
  readonly partition: Partition;
  readonly slices: readonly Slice[];
  /** Bytes that could be had, of which the slices may be a little less. */
  readonly available: number;
}

function read(storage: Storage, topic: string, index: number, offset: bigint, most: number, first: boolean): Read {
  const log = storage.log(topic, index);
  if (!log) return answered(index, errors.UNKNOWN_TOPIC_OR_PARTITION, { startOffset: -1n, endOffset: -1n });
  try {
    if (most === 0 && !first) return answered(index, errors.NONE, log);
    let available = 0;
    const shorten = (range: Range) => {
      available = range.bytes;
      return first ? oneSegment(log, range) : range.bytes;
    };
    const slices = log.read(offset, most, { atLeastOne: first, shorten });
    return { partition: answered(index, errors.NONE, log, slices).partition, slices, available };
  } catch (error) {
    if (error instanceof StorageError) return answered(index, error.code, log);
    throw error;
  }
}

/** Fewer bytes when that makes one segment of the answer, and leaves out no batch that was whole in it. */
function oneSegment(log: Log, range: Range): number {
  const bytes = oneSegmentBytes(range);
  return bytes === range.bytes || log.losesBatch(range, bytes) ? range.bytes : bytes;
}

function sizeOf(slices: readonly Slice[]): number {
  return slices.reduce((sum, { bytes }) => sum + bytes, 0);
}

function answered(
  index: number,
  errorCode: number,
  { startOffset, endOffset }: { readonly startOffset: bigint; readonly endOffset: bigint },
  slices: readonly Slice[] = [],
): Read {
  const partition = {
    index,
    errorCode,
    highWatermark: endOffset,
    lastStableOffset: endOffset,
    logStartOffset: startOffset,
    abortedTransactions: null,
    preferredReadReplica: -1,
    records: slices,
  };
  return { partition, slices, available: sizeOf(slices) };
}

function enough({ topics, bytes, failed }: Found, { minBytes }: RequestOf<'fetch'>): boolean {
  return bytes >= minBytes || failed || topics.length === 0;
}

function release({ slices }: Found): void {
  for (const slice of slices) slice.release();
}

function response(topics: readonly Topic[], errorCode: number = errors.NONE): Response {
  return { throttleTimeMs: 0, errorCode, sessionId: 0, topics };
}
