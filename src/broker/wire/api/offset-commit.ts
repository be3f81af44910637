import { api } from '../api.ts';
import { array, between, int16, int32, int64, nullableString, since, string, struct } from '../types.ts';

/** How far a group has read. Without a group's member (generation -1) it is a note of a single consumer. */
export const offsetCommit = api({
  key: 8,
  name: 'OffsetCommit',
  versions: [0, 5],
  request: struct({
    groupId: string,
    generationId: since(1, int32, -1),
    memberId: since(1, string, ''),
    retentionTimeMs: between(2, 4, int64, -1n),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            index: int32,
            committedOffset: int64,
            commitTimestamp: between(1, 1, int64, -1n),
            committedMetadata: nullableString,
          }),
        ),
      }),
    ),
  }),
  response: struct({
    throttleTimeMs: since(3, int32, 0),
    topics: array(struct({ name: string, partitions: array(struct({ index: int32, errorCode: int16 })) })),
  }),
});
