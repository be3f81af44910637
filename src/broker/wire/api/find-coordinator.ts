import { api } from '../api.ts';
import { int8, int16, int32, nullableString, since, string, struct } from '../types.ts';

/** `keyType` of a consumer group; 1 is a transaction. */
export const GROUP_KEY = 0;

/** The broker that looks after a group: here it is always this one. */
export const findCoordinator = api({
  key: 10,
  name: 'FindCoordinator',
  versions: [0, 2],
  request: struct({ key: string, keyType: since(1, int8, GROUP_KEY) }),
  response: struct({
    throttleTimeMs: since(1, int32, 0),
    errorCode: int16,
    errorMessage: since(1, nullableString, null),
    nodeId: int32,
    host: string,
    port: int32,
  }),
});
