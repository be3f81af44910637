import { api } from '#broker/wire/api.ts';
import { array, int16, int32, string, struct } from '#broker/wire/types.ts';

/** Removes topics with all their records. Our own broker does not speak it. */
export const deleteTopics = api({
  key: 20,
  name: 'DeleteTopics',
  versions: [1, 3],
  request: struct({ topicNames: array(string), timeoutMs: int32 }),
  response: struct({ throttleTimeMs: int32, responses: array(struct({ name: string, errorCode: int16 })) }),
});
