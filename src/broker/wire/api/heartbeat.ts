import { api } from '../api.ts';
import { int16, int32, nullableString, since, string, struct } from '../types.ts';

/** A member says that it lives, and learns whether its group is being rebalanced. */
export const heartbeat = api({
  key: 12,
  name: 'Heartbeat',
  versions: [0, 3],
  request: struct({
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: since(3, nullableString, null),
  }),
  response: struct({ throttleTimeMs: since(1, int32, 0), errorCode: int16 }),
});
