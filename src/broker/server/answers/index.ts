/** What this broker answers, one entry an API. */
import type { Coordinator } from '../../groups/coordinator.ts';
import type { Storage } from '../../storage/topics.ts';
import { announcement } from '../../wire/message.ts';
import type { Arrivals } from '../arrivals.ts';
import type { Answers } from './answer.ts';
import { answerFetch } from './fetch.ts';
import { groupAnswers } from './groups.ts';
import { answerListOffsets } from './list-offsets.ts';
import { answerProduce } from './produce.ts';
import { answerInitProducerId } from './producer-id.ts';
import { answerCreateTopics, answerMetadata, type TopicSettings } from './topics.ts';

export interface Behind {
  readonly storage: Storage;
  readonly coordinator: Coordinator;
  readonly arrivals: Arrivals;
  readonly clusterId: string;
  readonly topics: TopicSettings;
  readonly mostFetchBytes: number;
  /** Whether the broker is about to end, so that nobody is to wait for anything. */
  readonly stopping: () => boolean;
}

export function answersFrom({ storage, coordinator, arrivals, ...rest }: Behind): Answers {
  return {
    apiVersions: () => announcement(),
    metadata: answerMetadata(storage, rest.clusterId, rest.topics),
    createTopics: answerCreateTopics(storage, rest.topics),
    produce: answerProduce(storage, arrivals),
    fetch: answerFetch(storage, arrivals, rest.mostFetchBytes, rest.stopping),
    listOffsets: answerListOffsets(storage),
    initProducerId: answerInitProducerId,
    ...groupAnswers(coordinator, storage),
  };
}
