import { apiVersions } from './api/api-versions.ts';
import { createTopics } from './api/create-topics.ts';
import { fetch } from './api/fetch.ts';
import { findCoordinator } from './api/find-coordinator.ts';
import { heartbeat } from './api/heartbeat.ts';
import { initProducerId } from './api/init-producer-id.ts';
import { joinGroup } from './api/join-group.ts';
import { leaveGroup } from './api/leave-group.ts';
import { listOffsets } from './api/list-offsets.ts';
import { metadata } from './api/metadata.ts';
import { offsetCommit } from './api/offset-commit.ts';
import { offsetFetch } from './api/offset-fetch.ts';
import { produce } from './api/produce.ts';
import { syncGroup } from './api/sync-group.ts';

/** Every API that this broker speaks: the smallest set with which kcat, Java's tools and two Node clients work. */
export const apis = {
  produce,
  fetch,
  listOffsets,
  metadata,
  offsetCommit,
  offsetFetch,
  findCoordinator,
  joinGroup,
  heartbeat,
  leaveGroup,
  syncGroup,
  apiVersions,
  createTopics,
  initProducerId,
} as const;

export type Apis = typeof apis;
export type ApiName = keyof Apis;

const byKey = new Map<number, ApiName>((Object.keys(apis) as ApiName[]).map((name) => [apis[name].key, name] as const));

/** Which API has this key; undefined for one that this broker does not speak. */
export function apiNamed(key: number): ApiName | undefined {
  return byKey.get(key);
}
