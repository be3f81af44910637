import { StorageError, TopicExists } from '../../storage/errors.ts';
import { checkTopicName } from '../../storage/topic-name.ts';
import type { Storage, Topic } from '../../storage/topics.ts';
import { errors } from '../../wire/errors.ts';
import type { RequestOf, ResponseOf } from '../../wire/message.ts';
import type { Answer } from './answer.ts';

/** The one broker there is. */
export const NODE_ID = 0;

export interface TopicSettings {
  /** Whether asking about a topic makes it [auto.create.topics.enable]. */
  readonly autoCreate: boolean;
  /** Partitions that it then has [num.partitions]. */
  readonly partitions: number;
  /** Partitions of all topics together. */
  readonly mostPartitions: number;
}

export function answerMetadata(storage: Storage, clusterId: string, settings: TopicSettings): Answer<'metadata'> {
  return ({ topics, allowAutoTopicCreation }, { host, port }, { apiVersion }) => {
    const all = topics === null || (apiVersion === 0 && topics.length === 0);
    const create = settings.autoCreate && allowAutoTopicCreation;
    return {
      throttleTimeMs: 0,
      brokers: [{ nodeId: NODE_ID, host, port, rack: null }],
      clusterId,
      controllerId: NODE_ID,
      topics: all ? storage.topics().map(described) : topics.map((name) => find(storage, name, create, settings)),
    };
  };
}

type Described = ResponseOf<'metadata'>['topics'][number];

function described({ name, partitions }: Topic): Described {
  const only = [NODE_ID];
  const partition = (partitionIndex: number) => ({
    errorCode: errors.NONE,
    partitionIndex,
    leaderId: NODE_ID,
    replicaNodes: only,
    isrNodes: only,
    offlineReplicas: [],
  });
  return {
    errorCode: errors.NONE,
    name,
    isInternal: false,
    partitions: Array.from({ length: partitions }, (_, index) => partition(index)),
  };
}

function find(storage: Storage, name: string, create: boolean, settings: TopicSettings): Described {
  const topic = storage.topics().find((one) => one.name === name);
  if (topic) return described(topic);
  const missing = (errorCode: number) => ({ errorCode, name, isInternal: false, partitions: [] });
  try {
    checkTopicName(name);
    if (!create) return missing(errors.UNKNOWN_TOPIC_OR_PARTITION);
    if (!hasRoom(storage, settings.partitions, settings)) return missing(errors.INVALID_PARTITIONS);
    return described(storage.create(name, settings.partitions));
  } catch (error) {
    if (error instanceof StorageError) return missing(error.code);
    throw error;
  }
}

export function answerCreateTopics(storage: Storage, settings: TopicSettings): Answer<'createTopics'> {
  return ({ topics, validateOnly }) => ({
    throttleTimeMs: 0,
    topics: topics.map((topic) => ({ name: topic.name, ...create(storage, topic, validateOnly, settings) })),
  });
}

type Wanted = RequestOf<'createTopics'>['topics'][number];
type Outcome = { readonly errorCode: number; readonly errorMessage: string | null };

function create(storage: Storage, wanted: Wanted, validateOnly: boolean, settings: TopicSettings): Outcome {
  const refused = (errorCode: number, errorMessage: string) => ({ errorCode, errorMessage });
  const { name, numPartitions, replicationFactor, assignments, configs } = wanted;
  if (assignments.length > 0)
    return refused(errors.INVALID_REQUEST, 'This broker is alone: it assigns replicas itself');
  if (replicationFactor !== 1 && replicationFactor !== -1) {
    return refused(errors.INVALID_REPLICATION_FACTOR, 'This broker is alone: the replication factor must be 1');
  }
  const [config] = configs;
  if (config)
    return refused(errors.INVALID_CONFIG, `This broker has no configuration of topics, and so no ${config.name}`);
  const partitions = numPartitions === -1 ? settings.partitions : numPartitions;
  if (partitions < 1 || !hasRoom(storage, partitions, settings)) {
    return refused(
      errors.INVALID_PARTITIONS,
      `All topics together may have 1 to ${settings.mostPartitions} partitions`,
    );
  }
  try {
    checkTopicName(name);
    if (!validateOnly) storage.create(name, partitions);
    else if (storage.log(name, 0)) throw new TopicExists(name);
    return { errorCode: errors.NONE, errorMessage: null };
  } catch (error) {
    if (error instanceof StorageError) return refused(error.code, error.message);
    throw error;
  }
}

function hasRoom(storage: Storage, partitions: number, { mostPartitions }: TopicSettings): boolean {
  return storage.topics().reduce((sum, topic) => sum + topic.partitions, partitions) <= mostPartitions;
}
