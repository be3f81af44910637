import { api } from '../api.ts';
import { int16, int32, since, string, struct } from '../types.ts';

/** A member goes, and what it had is for the others. */
export const leaveGroup = api({
  key: 13,
  name: 'LeaveGroup',
  versions: [0, 1],
  request: struct({ groupId: string, memberId: string }),
  response: struct({ throttleTimeMs: since(1, int32, 0), errorCode: int16 }),
});
