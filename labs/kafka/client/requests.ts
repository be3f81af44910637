/** Requests to a broker as frames, and its responses: the schemas of our own broker, which Apache Kafka speaks as well. */
import * as frames from '#broker/client/frames.ts';
import type { ApiName } from '#broker/wire/apis.ts';
import { errors } from '#broker/wire/errors.ts';
import type { RequestOf, ResponseOf } from '#broker/wire/message.ts';
import type { Place } from './connection.ts';
import { deleteTopics } from './delete-topics.ts';

/** Newest version that the schemas have, none of which is flexible. Apache Kafka 4 speaks all of these. */
const versions = { createTopics: 4, metadata: 6, produce: 7, fetch: 11 } as const;
type Asked = keyof typeof versions & ApiName;

const CORRELATION = 7;
const CLIENT = 'zero-copy-measured';

function requestFrame<N extends Asked>(name: N, body: RequestOf<N>): Buffer {
  return frames.requestFrame(name, versions[name], body, CORRELATION, CLIENT);
}

function responseBody<N extends Asked>(name: N, frame: Buffer): ResponseOf<N> {
  return frames.responseBody(name, versions[name], frame, CORRELATION);
}

/** Asks for records from an offset on, at most so many bytes of them, and does not wait for more. */
export function fetchFrame(topic: string, offset: bigint, maxBytes: number): Buffer {
  const partition = { index: 0, currentLeaderEpoch: -1, fetchOffset: offset, logStartOffset: -1n, maxBytes };
  return requestFrame('fetch', {
    ...{ replicaId: -1, maxWaitMs: 0, minBytes: 1, maxBytes, isolationLevel: 0, sessionId: 0, sessionEpoch: -1 },
    ...{ topics: [{ name: topic, partitions: [partition] }], forgottenTopics: [], rackId: '' },
  });
}

/** The records of a response to `fetchFrame`. @throws {Error} with Kafka's number of the error */
export function fetchedRecords(frame: Buffer): Buffer {
  const partition = responseBody('fetch', frame).topics[0]?.partitions[0];
  if (partition?.errorCode !== 0) throw new Error(`Cannot fetch: the broker answers error ${partition?.errorCode}`);
  return partition.records as Buffer;
}

/** Hands one batch to partition 0, to be written by the leader and every replica that is in sync. */
export function produceFrame(topic: string, batch: Buffer): Buffer {
  const partitions = [{ index: 0, records: batch }];
  return requestFrame('produce', {
    transactionalId: null,
    acks: -1,
    timeoutMs: 30_000,
    topics: [{ name: topic, partitions }],
  });
}

/** @returns offset of the batch @throws {Error} with Kafka's number of the error */
export function producedOffset(frame: Buffer): bigint {
  const partition = responseBody('produce', frame).topics[0]?.partitions[0];
  if (partition?.errorCode !== 0) throw new Error(`Cannot produce: the broker answers error ${partition?.errorCode}`);
  return partition.baseOffset;
}

/** A topic of one partition. @param replicas nodes that hold it, the leader first */
export function createTopicFrame(
  name: string,
  configs: Readonly<Record<string, string>>,
  replicas: readonly number[] = [],
): Buffer {
  const assigned = replicas.length > 0;
  const topic = {
    name,
    numPartitions: assigned ? -1 : 1,
    replicationFactor: assigned ? -1 : 1,
    assignments: assigned ? [{ partitionIndex: 0, brokerIds: replicas }] : [],
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  };
  return requestFrame('createTopics', { topics: [topic], timeoutMs: 30_000, validateOnly: false });
}

/** @throws {Error} with what the broker says */
export function checkCreated(frame: Buffer): void {
  const [topic] = responseBody('createTopics', frame).topics;
  if (topic?.errorCode !== 0)
    throw new Error(`Cannot make a topic: ${topic?.errorMessage ?? `the broker answers error ${topic?.errorCode}`}`);
}

const DELETE_VERSION = 3;

/** Removes a topic. */
export function deleteTopicFrame(name: string): Buffer {
  const body = { topicNames: [name], timeoutMs: 30_000 };
  return frames.frameOf(deleteTopics, DELETE_VERSION, body, CORRELATION, CLIENT);
}

/** A topic that was never made is gone as well. @throws {Error} with Kafka's number of the error */
export function checkDeleted(frame: Buffer): void {
  const [topic] = frames.bodyOf(deleteTopics, DELETE_VERSION, frame, CORRELATION).responses;
  const gone: readonly (number | undefined)[] = [errors.NONE, errors.UNKNOWN_TOPIC_OR_PARTITION];
  if (!gone.includes(topic?.errorCode))
    throw new Error(`Cannot delete a topic: the broker answers error ${topic?.errorCode}`);
}

/** Asks who there is, and who leads a topic. */
export function leaderFrame(topic: string): Buffer {
  return requestFrame('metadata', { topics: [topic], allowAutoTopicCreation: false });
}

/** Brokers of a cluster, and which of them leads partition 0; null while nobody does. */
export function foundLeader(frame: Buffer): { readonly brokers: number; readonly leader: Place | null } {
  const { brokers, topics } = responseBody('metadata', frame);
  const partition = topics[0]?.partitions.find(({ partitionIndex }) => partitionIndex === 0);
  const leader = brokers.find(({ nodeId }) => nodeId === partition?.leaderId);
  return { brokers: brokers.length, leader: leader ? { host: leader.host, port: leader.port } : null };
}
