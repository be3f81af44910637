import { StorageError } from '../../storage/errors.ts';
import type { Storage } from '../../storage/topics.ts';
import { errors } from '../../wire/errors.ts';
import type { Arrivals } from '../arrivals.ts';
import { type Answer, HangUp } from './answer.ts';

/**
 * Appends batches, each partition for itself. One broker holds the only copy, so `acks` 1 and −1 mean the same: the
 * batches are in the page cache. After a failure with `acks` 0 the connection ends, which is all that such a client sees.
 */
export function answerProduce(storage: Storage, arrivals: Arrivals): Answer<'produce'> {
  return ({ acks, topics }) => {
    const outcomes = topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, records }) => {
        const outcome =
          acks < -1 || acks > 1 ? failed(errors.INVALID_REQUIRED_ACKS) : append(storage, name, index, records);
        if (outcome.errorCode === errors.NONE) arrivals.announce(name, index);
        return { index, ...outcome };
      }),
    }));
    if (acks !== 0) return { topics: outcomes, throttleTimeMs: 0 };
    const failure = outcomes.flatMap(({ partitions }) => partitions).find(({ errorCode }) => errorCode !== errors.NONE);
    if (failure) throw new HangUp(`Cannot append what was sent with acks=0: error ${failure.errorCode}`);
    return null;
  };
}

interface Outcome {
  readonly errorCode: number;
  readonly baseOffset: bigint;
  readonly logAppendTimeMs: bigint;
  readonly logStartOffset: bigint;
}

function append(storage: Storage, topic: string, partition: number, records: Uint8Array | null): Outcome {
  const log = storage.log(topic, partition);
  if (!log) return failed(errors.UNKNOWN_TOPIC_OR_PARTITION);
  if (!records || records.length === 0) return failed(errors.INVALID_REQUEST);
  try {
    const { baseOffset, logAppendTime } = log.append(records);
    return { errorCode: errors.NONE, baseOffset, logAppendTimeMs: logAppendTime, logStartOffset: log.startOffset };
  } catch (error) {
    if (error instanceof StorageError) return failed(error.code);
    throw error;
  }
}

function failed(errorCode: number): Outcome {
  return { errorCode, baseOffset: -1n, logAppendTimeMs: -1n, logStartOffset: -1n };
}
