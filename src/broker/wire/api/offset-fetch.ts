import { api } from '../api.ts';
import { array, changed, int16, int32, int64, nullableArray, nullableString, since, string, struct } from '../types.ts';

const topic = struct({ name: string, partitions: array(int32) });

/** How far a group has read: of some partitions, or with null of all it ever committed. Offset -1: never committed. */
export const offsetFetch = api({
  key: 9,
  name: 'OffsetFetch',
  versions: [0, 4],
  request: struct({ groupId: string, topics: changed(2, array(topic), nullableArray(topic)) }),
  response: struct({
    throttleTimeMs: since(3, int32, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(struct({ index: int32, committedOffset: int64, metadata: nullableString, errorCode: int16 })),
      }),
    ),
    errorCode: since(2, int16, 0),
  }),
});
