import { api } from '../api.ts';
import { array, int16, int32, int64, nullableBytes, nullableString, since, string, struct } from '../types.ts';

/** Record batches for the ends of logs. With `acks` 0 there is no response. */
export const produce = api({
  key: 0,
  name: 'Produce',
  // From 0, though 3 is the first with today's record batches: kcat takes a range that begins later as a sign to send
  // gzip and lz4 uncompressed.
  versions: [0, 7],
  request: struct({
    transactionalId: since(3, nullableString, null),
    acks: int16,
    timeoutMs: int32,
    topics: array(struct({ name: string, partitions: array(struct({ index: int32, records: nullableBytes })) })),
  }),
  response: struct({
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            index: int32,
            errorCode: int16,
            baseOffset: int64,
            logAppendTimeMs: since(2, int64, -1n),
            logStartOffset: since(5, int64, -1n),
          }),
        ),
      }),
    ),
    throttleTimeMs: since(1, int32, 0),
  }),
});
