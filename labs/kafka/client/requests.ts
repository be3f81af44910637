/** Requests to a broker as frames, and its responses: the schemas of our own broker, which Apache Kafka speaks as well. */
import type { Api } from '#broker/wire/api.ts';
import { type ApiName, apis } from '#broker/wire/apis.ts';
import type { RequestOf, ResponseOf } from '#broker/wire/message.ts';
import { Reader } from '#broker/wire/reader.ts';
import { nullableString } from '#broker/wire/types.ts';
import { isSlice, Writer } from '#broker/wire/writer.ts';

/** Newest version that the schemas have, none of which is flexible. Apache Kafka 4 speaks all of these. */
const versions = { createTopics: 4, produce: 7, fetch: 11 } as const;
type Asked = keyof typeof versions & ApiName;

/** Bytes of a response before its body: the size, and which request it answers. */
export const SIZE_BYTES = 4;
const CORRELATION = 7;

/** A request as a frame, with its size in front. */
export function requestFrame<N extends Asked>(name: N, body: RequestOf<N>): Buffer {
  const api = apis[name] as unknown as Api<RequestOf<N>, unknown>;
  const version = versions[name];
  const to = new Writer();
  to.int16(api.key);
  to.int16(version);
  to.int32(CORRELATION);
  nullableString.write(to, 'zero-copy-measured', version);
  api.request.write(to, body, version);
  return Buffer.concat(to.frame().filter((part): part is Buffer => !isSlice(part)));
}

/** The body of a response. @param frame without its size @throws {Error} when it answers another request */
export function responseBody<N extends Asked>(name: N, frame: Buffer): ResponseOf<N> {
  const from = new Reader(frame);
  const answers = from.int32();
  if (answers !== CORRELATION)
    throw new Error(`Expected the answer to request ${CORRELATION}, found one to ${answers}`);
  return (apis[name] as unknown as Api<unknown, ResponseOf<N>>).response.read(from, versions[name]);
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
