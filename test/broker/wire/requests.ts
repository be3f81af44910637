/** A request of every API with something in every field, for the tests of the codec. */
import type { ApiName } from '#broker/wire/apis.ts';
import type { RequestOf, ResponseOf } from '#broker/wire/message.ts';
import { batch } from '../storage/batches.ts';

const bytes = Buffer.from('some bytes');
const partition = { index: 3, records: batch() };

export const requests: { readonly [N in ApiName]: RequestOf<N> } = {
  apiVersions: { clientSoftwareName: 'a client', clientSoftwareVersion: '1.2', tags: undefined },
  metadata: { topics: ['one', 'zwei-ü'], allowAutoTopicCreation: false },
  produce: { transactionalId: 'tx', acks: -1, timeoutMs: 30_000, topics: [{ name: 'one', partitions: [partition] }] },
  fetch: {
    replicaId: -1,
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: 52_428_800,
    isolationLevel: 1,
    sessionId: 5,
    sessionEpoch: 6,
    topics: [
      {
        name: 'one',
        partitions: [
          { index: 0, currentLeaderEpoch: 4, fetchOffset: 2n ** 40n, logStartOffset: 7n, maxBytes: 1_048_576 },
          { index: 1, currentLeaderEpoch: 4, fetchOffset: 0n, logStartOffset: 0n, maxBytes: 1_048_576 },
        ],
      },
    ],
    forgottenTopics: [{ name: 'old', partitions: [0, 1, 2] }],
    rackId: 'rack',
  },
  listOffsets: {
    replicaId: -1,
    isolationLevel: 1,
    topics: [{ name: 'one', partitions: [{ index: 0, timestamp: -2n }] }],
  },
  createTopics: {
    topics: [
      {
        name: 'one',
        numPartitions: 2,
        replicationFactor: 1,
        assignments: [{ partitionIndex: 0, brokerIds: [0] }],
        configs: [{ name: 'retention.ms', value: null }],
      },
    ],
    timeoutMs: 100,
    validateOnly: true,
  },
  initProducerId: { transactionalId: null, transactionTimeoutMs: 60_000 },
  findCoordinator: { key: 'group', keyType: 1 },
  joinGroup: {
    groupId: 'group',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 20_000,
    memberId: 'member',
    groupInstanceId: 'instance',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: bytes }],
  },
  syncGroup: {
    groupId: 'group',
    generationId: 3,
    memberId: 'member',
    groupInstanceId: null,
    assignments: [{ memberId: 'member', assignment: bytes }],
  },
  heartbeat: { groupId: 'group', generationId: 3, memberId: 'member', groupInstanceId: 'instance' },
  leaveGroup: { groupId: 'group', memberId: 'member' },
  offsetCommit: {
    groupId: 'group',
    generationId: 3,
    memberId: 'member',
    retentionTimeMs: 1000n,
    topics: [
      {
        name: 'one',
        partitions: [{ index: 0, committedOffset: 9n, commitTimestamp: 8n, committedMetadata: 'note' }],
      },
    ],
  },
  offsetFetch: { groupId: 'group', topics: [{ name: 'one', partitions: [0, 1] }] },
};

export const responses: { readonly [N in ApiName]: ResponseOf<N> } = {
  apiVersions: {
    errorCode: 0,
    apiKeys: [{ apiKey: 18, minVersion: 0, maxVersion: 3, tags: undefined }],
    throttleTimeMs: 1,
    tags: undefined,
  },
  metadata: {
    throttleTimeMs: 1,
    brokers: [{ nodeId: 0, host: '127.0.0.1', port: 9092, rack: 'rack' }],
    clusterId: 'cluster',
    controllerId: 0,
    topics: [
      {
        errorCode: 0,
        name: 'one',
        isInternal: false,
        partitions: [
          { errorCode: 0, partitionIndex: 0, leaderId: 0, replicaNodes: [0], isrNodes: [0], offlineReplicas: [1] },
        ],
      },
    ],
  },
  produce: {
    topics: [
      {
        name: 'one',
        partitions: [{ index: 0, errorCode: 2, baseOffset: 7n, logAppendTimeMs: -1n, logStartOffset: 1n }],
      },
    ],
    throttleTimeMs: 1,
  },
  fetch: {
    throttleTimeMs: 1,
    errorCode: 0,
    sessionId: 3,
    topics: [
      {
        name: 'one',
        partitions: [
          {
            index: 0,
            errorCode: 0,
            highWatermark: 5n,
            lastStableOffset: 5n,
            logStartOffset: 0n,
            abortedTransactions: [{ producerId: 1n, firstOffset: 2n }],
            preferredReadReplica: 2,
            records: batch(),
          },
        ],
      },
    ],
  },
  listOffsets: {
    throttleTimeMs: 1,
    topics: [{ name: 'one', partitions: [{ index: 0, errorCode: 0, timestamp: 5n, offset: 6n }] }],
  },
  createTopics: { throttleTimeMs: 1, topics: [{ name: 'one', errorCode: 36, errorMessage: 'it exists' }] },
  initProducerId: { throttleTimeMs: 1, errorCode: 0, producerId: 2n ** 61n, producerEpoch: 0 },
  findCoordinator: { throttleTimeMs: 1, errorCode: 0, errorMessage: 'none', nodeId: 0, host: '127.0.0.1', port: 9092 },
  joinGroup: {
    throttleTimeMs: 1,
    errorCode: 0,
    generationId: 1,
    protocolName: 'range',
    leader: 'a',
    memberId: 'a',
    members: [{ memberId: 'a', groupInstanceId: 'instance', metadata: bytes }],
  },
  syncGroup: { throttleTimeMs: 1, errorCode: 0, assignment: bytes },
  heartbeat: { throttleTimeMs: 1, errorCode: 27 },
  leaveGroup: { throttleTimeMs: 1, errorCode: 0 },
  offsetCommit: { throttleTimeMs: 1, topics: [{ name: 'one', partitions: [{ index: 0, errorCode: 0 }] }] },
  offsetFetch: {
    throttleTimeMs: 1,
    topics: [{ name: 'one', partitions: [{ index: 0, committedOffset: 5n, metadata: 'note', errorCode: 0 }] }],
    errorCode: 0,
  },
};
