import { api } from '../api.ts';
import { array, int8, int16, int32, int64, since, string, struct } from '../types.ts';

/** Timestamps that ask for an end of the log instead of a time. */
export const LATEST_TIMESTAMP = -1n;
export const EARLIEST_TIMESTAMP = -2n;

/** The first offset whose record is as new as a timestamp in milliseconds; -1 when there is none. */
export const listOffsets = api({
  key: 2,
  name: 'ListOffsets',
  versions: [1, 3],
  request: struct({
    replicaId: int32,
    isolationLevel: since(2, int8, 0),
    topics: array(struct({ name: string, partitions: array(struct({ index: int32, timestamp: int64 })) })),
  }),
  response: struct({
    throttleTimeMs: since(2, int32, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(struct({ index: int32, errorCode: int16, timestamp: int64, offset: int64 })),
      }),
    ),
  }),
});
