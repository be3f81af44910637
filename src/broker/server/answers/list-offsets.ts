import type { Log } from '../../storage/log.ts';
import type { Storage } from '../../storage/topics.ts';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from '../../wire/api/list-offsets.ts';
import { errors } from '../../wire/errors.ts';
import type { Answer } from './answer.ts';

export function answerListOffsets(storage: Storage): Answer<'listOffsets'> {
  return ({ topics }) => ({
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, timestamp }) => {
        const log = storage.log(name, index);
        const errorCode = log ? errors.NONE : errors.UNKNOWN_TOPIC_OR_PARTITION;
        return { index, errorCode, ...((log && offsetFor(log, timestamp)) ?? { timestamp: -1n, offset: -1n }) };
      }),
    })),
  });
}

function offsetFor(log: Log, timestamp: bigint): { timestamp: bigint; offset: bigint } | null {
  if (timestamp === LATEST_TIMESTAMP) return { timestamp: -1n, offset: log.endOffset };
  if (timestamp === EARLIEST_TIMESTAMP) return { timestamp: -1n, offset: log.startOffset };
  return log.offsetFor(timestamp);
}
