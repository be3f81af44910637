import type { Coordinator } from '../../groups/coordinator.ts';
import type { Storage } from '../../storage/topics.ts';
import { GROUP_KEY } from '../../wire/api/find-coordinator.ts';
import { errors } from '../../wire/errors.ts';
import type { Answer, Answers } from './answer.ts';
import { NODE_ID } from './topics.ts';

type GroupAnswers = Pick<
  Answers,
  'findCoordinator' | 'joinGroup' | 'syncGroup' | 'heartbeat' | 'leaveGroup' | 'offsetCommit' | 'offsetFetch'
>;

export function groupAnswers(coordinator: Coordinator, storage: Storage): GroupAnswers {
  return {
    findCoordinator,
    joinGroup: (body, _, { clientId, apiVersion }) => coordinator.join(body, clientId, apiVersion),
    syncGroup: (body) => coordinator.sync(body),
    heartbeat: (body) => coordinator.heartbeat(body),
    leaveGroup: (body) => coordinator.leave(body),
    offsetCommit: (body) => coordinator.commit(body, (topic, partition) => storage.log(topic, partition) !== undefined),
    offsetFetch: (body) => coordinator.fetchOffsets(body),
  };
}

const findCoordinator: Answer<'findCoordinator'> = ({ keyType }, { host, port }) => {
  const here = { throttleTimeMs: 0, nodeId: NODE_ID, host, port };
  return keyType === GROUP_KEY
    ? { ...here, errorCode: errors.NONE, errorMessage: null }
    : { ...here, errorCode: errors.INVALID_REQUEST, errorMessage: 'This broker has no transactions' };
};
