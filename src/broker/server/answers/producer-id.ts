import { randomBytes } from 'node:crypto';
import { errors } from '../../wire/errors.ts';
import type { Answer } from './answer.ts';

/**
 * Gives each producer a number that nobody else has: 62 random bits. Nothing here looks at sequence numbers, so a batch
 * that is sent twice is stored twice; Apache Kafka would drop the second. Transactions there are none.
 */
export const answerInitProducerId: Answer<'initProducerId'> = ({ transactionalId }) =>
  transactionalId === null
    ? {
        throttleTimeMs: 0,
        errorCode: errors.NONE,
        producerId: randomBytes(8).readBigUInt64BE() >> 2n,
        producerEpoch: 0,
      }
    : { throttleTimeMs: 0, errorCode: errors.INVALID_REQUEST, producerId: -1n, producerEpoch: -1 };
