import { api } from '../api.ts';
import { array, bytes, int16, int32, nullableString, since, string, struct } from '../types.ts';

/** A consumer enters its group. The answer comes when all members have, and makes one of them the leader. */
export const joinGroup = api({
  key: 11,
  name: 'JoinGroup',
  versions: [0, 5],
  request: struct({
    groupId: string,
    sessionTimeoutMs: int32,
    /** -1: as the session timeout. */
    rebalanceTimeoutMs: since(1, int32, -1),
    memberId: string,
    groupInstanceId: since(5, nullableString, null),
    protocolType: string,
    protocols: array(struct({ name: string, metadata: bytes })),
  }),
  response: struct({
    throttleTimeMs: since(2, int32, 0),
    errorCode: int16,
    generationId: int32,
    protocolName: string,
    leader: string,
    memberId: string,
    /** For the leader only, who assigns the partitions. */
    members: array(struct({ memberId: string, groupInstanceId: since(5, nullableString, null), metadata: bytes })),
  }),
});
