import { api } from '../api.ts';
import { array, boolean, int16, int32, nullableString, string, struct } from '../types.ts';

/** Makes topics, or with `validateOnly` says whether it would. From version 4 on, −1 leaves numbers to the broker. */
export const createTopics = api({
  key: 19,
  name: 'CreateTopics',
  versions: [2, 4],
  request: struct({
    topics: array(
      struct({
        name: string,
        numPartitions: int32,
        replicationFactor: int16,
        assignments: array(struct({ partitionIndex: int32, brokerIds: array(int32) })),
        configs: array(struct({ name: string, value: nullableString })),
      }),
    ),
    timeoutMs: int32,
    validateOnly: boolean,
  }),
  response: struct({
    throttleTimeMs: int32,
    topics: array(struct({ name: string, errorCode: int16, errorMessage: nullableString })),
  }),
});
