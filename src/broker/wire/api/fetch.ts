import type { Slice } from '../../storage/slice.ts';
import { api } from '../api.ts';
import { array, int8, int16, int32, int64, nullableArray, since, string, struct, type Type } from '../types.ts';

/**
 * Record batches as RECORDS, whose bytes are not here: a broker writes where they lie in its log files, and a client reads
 * them as bytes. This is where zero copy starts.
 */
export const records: Type<Uint8Array | readonly Slice[]> = {
  read(from) {
    const length = from.int32();
    return length === -1 ? [] : from.bytes(length);
  },
  write(to, value) {
    if (value instanceof Uint8Array) {
      to.int32(value.length);
      to.bytes(value);
    } else {
      to.int32(value.reduce((sum, slice) => sum + slice.bytes, 0));
      to.slices(value);
    }
  },
};

/** Record batches from an offset on; the broker may wait until there are `minBytes`, for `maxWaitMs` at most. */
export const fetch = api({
  key: 1,
  name: 'Fetch',
  versions: [4, 11],
  request: struct({
    replicaId: int32,
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32,
    isolationLevel: int8,
    sessionId: since(7, int32, 0),
    sessionEpoch: since(7, int32, -1),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            index: int32,
            currentLeaderEpoch: since(9, int32, -1),
            fetchOffset: int64,
            logStartOffset: since(5, int64, -1n),
            maxBytes: int32,
          }),
        ),
      }),
    ),
    forgottenTopics: since(7, array(struct({ name: string, partitions: array(int32) })), []),
    rackId: since(11, string, ''),
  }),
  response: struct({
    throttleTimeMs: int32,
    errorCode: since(7, int16, 0),
    sessionId: since(7, int32, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            index: int32,
            errorCode: int16,
            highWatermark: int64,
            lastStableOffset: int64,
            logStartOffset: since(5, int64, -1n),
            abortedTransactions: nullableArray(struct({ producerId: int64, firstOffset: int64 })),
            preferredReadReplica: since(11, int32, -1),
            records,
          }),
        ),
      }),
    ),
  }),
});
