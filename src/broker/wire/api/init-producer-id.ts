import { api } from '../api.ts';
import { int16, int32, int64, nullableString, struct } from '../types.ts';

/** A number for a producer that numbers its batches. Without it the default Java producer does not start. */
export const initProducerId = api({
  key: 22,
  name: 'InitProducerId',
  versions: [0, 1],
  request: struct({ transactionalId: nullableString, transactionTimeoutMs: int32 }),
  response: struct({ throttleTimeMs: int32, errorCode: int16, producerId: int64, producerEpoch: int16 }),
});
