import { errors } from '../wire/errors.ts';
import type { RequestOf, ResponseOf } from '../wire/message.ts';
import { Group } from './group.ts';
import type { JoinResponse, SyncResponse } from './member.ts';
import type { Offsets } from './offsets.ts';
import { refusedJoin, refusedSync } from './responses.ts';

export interface GroupLimits {
  readonly sessionTimeoutMs: readonly [number, number];
  readonly mostMembers: number;
}

/** JoinGroup from this version on gives a new member its id before it takes it in (KIP-394). */
const KNOWS_IDS = 4;

/** All consumer groups of the broker, and how far they have read. */
export class Coordinator implements Disposable {
  readonly #groups = new Map<string, Group>();
  readonly #offsets: Offsets;
  readonly #limits: GroupLimits;

  constructor(offsets: Offsets, limits: GroupLimits) {
    this.#offsets = offsets;
    this.#limits = limits;
  }

  join(
    request: RequestOf<'joinGroup'>,
    clientId: string | null,
    version: number,
  ): JoinResponse | Promise<JoinResponse> {
    const { groupId, memberId, sessionTimeoutMs } = request;
    const [shortest, longest] = this.#limits.sessionTimeoutMs;
    if (groupId === '') return refusedJoin(errors.INVALID_GROUP_ID, memberId);
    if (sessionTimeoutMs < shortest || sessionTimeoutMs > longest) {
      return refusedJoin(errors.INVALID_SESSION_TIMEOUT, memberId);
    }
    const group = this.#groups.get(groupId) ?? new Group(groupId, (empty) => this.#forget(empty));
    if (memberId === '' && group.size >= this.#limits.mostMembers) {
      return refusedJoin(errors.GROUP_MAX_SIZE_REACHED, memberId);
    }
    this.#groups.set(groupId, group);
    const response = group.join(request, clientId ?? 'member', version >= KNOWS_IDS);
    if (group.size === 0) this.#forget(group);
    return response;
  }

  sync(request: RequestOf<'syncGroup'>): SyncResponse | Promise<SyncResponse> {
    return this.#groups.get(request.groupId)?.sync(request) ?? refusedSync(errors.UNKNOWN_MEMBER_ID);
  }

  heartbeat({ groupId, memberId, generationId }: RequestOf<'heartbeat'>): ResponseOf<'heartbeat'> {
    const errorCode = this.#groups.get(groupId)?.heartbeat(memberId, generationId) ?? errors.UNKNOWN_MEMBER_ID;
    return { throttleTimeMs: 0, errorCode };
  }

  leave({ groupId, memberId }: RequestOf<'leaveGroup'>): ResponseOf<'leaveGroup'> {
    const errorCode = this.#groups.get(groupId)?.leave(memberId) ?? errors.UNKNOWN_MEMBER_ID;
    return { throttleTimeMs: 0, errorCode };
  }

  /** @param exists whether there is such a partition */
  commit(
    { groupId, memberId, generationId, topics }: RequestOf<'offsetCommit'>,
    exists: (topic: string, partition: number) => boolean,
  ): ResponseOf<'offsetCommit'> {
    const error = groupId === '' ? errors.INVALID_GROUP_ID : this.#mayCommit(groupId, memberId, generationId);
    const faultOf = (topic: string, partition: number) => {
      if (error !== errors.NONE) return error;
      return exists(topic, partition) ? errors.NONE : errors.UNKNOWN_TOPIC_OR_PARTITION;
    };
    const commits = topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ index }) => faultOf(name, index) === errors.NONE)
        .map(({ index, committedOffset, committedMetadata }) => {
          return { topic: name, partition: index, offset: committedOffset, metadata: committedMetadata ?? '' };
        }),
    );
    if (commits.length > 0) this.#offsets.commit(groupId, commits);
    return {
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ index }) => ({ index, errorCode: faultOf(name, index) })),
      })),
    };
  }

  fetchOffsets({ groupId, topics }: RequestOf<'offsetFetch'>): ResponseOf<'offsetFetch'> {
    const committed = topics === null ? this.#offsets.of(groupId) : [];
    const wanted =
      topics ??
      [...Map.groupBy(committed, ({ topic }) => topic)].map(([name, all]) => {
        return { name, partitions: all.map(({ partition }) => partition) };
      });
    return {
      throttleTimeMs: 0,
      topics: wanted.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((index) => {
          const { offset, metadata } = this.#offsets.get(groupId, name, index) ?? { offset: -1n, metadata: '' };
          return { index, committedOffset: offset, metadata, errorCode: errors.NONE };
        }),
      })),
      errorCode: errors.NONE,
    };
  }

  [Symbol.dispose](): void {
    for (const group of this.#groups.values()) group[Symbol.dispose]();
    this.#groups.clear();
  }

  /** A consumer outside of any group, which has generation −1, may commit while nobody is in the group of that name. */
  #mayCommit(groupId: string, memberId: string, generationId: number): number {
    const group = this.#groups.get(groupId);
    if (group) return group.mayCommit(memberId, generationId);
    return generationId < 0 && memberId === '' ? errors.NONE : errors.UNKNOWN_MEMBER_ID;
  }

  /** What a group committed stays; a group that nobody is in need not. */
  #forget(group: Group): void {
    group[Symbol.dispose]();
    this.#groups.delete(group.id);
  }
}
