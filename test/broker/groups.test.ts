import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Coordinator } from '#broker/groups/coordinator.ts';
import { Offsets } from '#broker/groups/offsets.ts';
import { errors } from '#broker/wire/errors.ts';
import type { RequestOf, ResponseOf } from '#broker/wire/message.ts';

let folder = '';
let coordinator: Coordinator;
const limits = { sessionTimeoutMs: [10, 100_000], mostMembers: 3 } as const;

beforeEach(() => {
  folder = mkdtempSync(path(tmpdir(), 'zc-groups-'));
  coordinator = new Coordinator(Offsets.open(folder), limits);
});
afterEach(() => {
  coordinator[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

type Join = RequestOf<'joinGroup'>;
type Joined = ResponseOf<'joinGroup'>;

const offer = (name: string, metadata = name) => ({ name, metadata: Buffer.from(metadata) });

function joinRequest(memberId: string, changes: Partial<Join> = {}): Join {
  return {
    groupId: 'g',
    sessionTimeoutMs: 60_000,
    rebalanceTimeoutMs: 60_000,
    memberId,
    groupInstanceId: null,
    protocolType: 'consumer',
    protocols: [offer('range')],
    ...changes,
  };
}

/** Joins as a client of JoinGroup 5 does: asks for an id, and comes again with it. */
async function join(changes: Partial<Join> = {}): Promise<Joined> {
  const first = await coordinator.join(joinRequest('', changes), 'client', 5);
  expect(first).toMatchObject({ errorCode: errors.MEMBER_ID_REQUIRED, memberId: expect.stringMatching(/^client-/) });
  return await coordinator.join(joinRequest(first.memberId, changes), 'client', 5);
}

const again = async ({ memberId }: Joined, changes: Partial<Join> = {}): Promise<Joined> =>
  await coordinator.join(joinRequest(memberId, changes), 'client', 5);

const syncRequest = ({ memberId, generationId }: Joined, assignments: Record<string, string> = {}) => ({
  groupId: 'g',
  memberId,
  generationId,
  groupInstanceId: null,
  assignments: Object.entries(assignments).map(([id, text]) => ({ memberId: id, assignment: Buffer.from(text) })),
});

const sync = async (joined: Joined, assignments?: Record<string, string>) => {
  const { errorCode, assignment } = await coordinator.sync(syncRequest(joined, assignments));
  return errorCode === errors.NONE ? Buffer.from(assignment).toString() : errorCode;
};

const beat = ({ memberId, generationId }: Pick<Joined, 'memberId' | 'generationId'>) =>
  coordinator.heartbeat({ groupId: 'g', memberId, generationId, groupInstanceId: null }).errorCode;

/** Two members, the first one the leader, in the same generation. */
async function pair(changes: Partial<Join> = {}): Promise<[Joined, Joined]> {
  const alone = await join(changes);
  const second = join(changes);
  await pause(1);
  return Promise.all([again(alone, changes), second]);
}

describe('a group', () => {
  it('lets a member in, makes it the leader, and tells it what it assigned', async () => {
    const joined = await join();
    expect(joined).toMatchObject({ errorCode: 0, generationId: 1, protocolName: 'range', leader: joined.memberId });
    expect(joined.members).toEqual([
      { memberId: joined.memberId, groupInstanceId: null, metadata: Buffer.from('range') },
    ]);
    expect(await sync(joined, { [joined.memberId]: 'all' })).toBe('all');
    expect(beat(joined)).toBe(errors.NONE);
  });

  it('takes a member of older clients at once', async () => {
    expect(await coordinator.join(joinRequest(''), 'old', 3)).toMatchObject({ errorCode: 0, generationId: 1 });
  });

  it('makes everybody join again when somebody comes, and hands out what the leader says', async () => {
    const alone = await join();
    await sync(alone, { [alone.memberId]: 'all' });
    const second = join();
    await pause(1);
    expect(beat(alone)).toBe(errors.REBALANCE_IN_PROGRESS);
    expect(await sync(alone)).toBe(errors.REBALANCE_IN_PROGRESS);
    const [leader, follower] = await Promise.all([again(alone), second]);
    expect(leader).toMatchObject({ generationId: 2, leader: alone.memberId });
    expect(leader.members.map(({ memberId }) => memberId)).toEqual([alone.memberId, follower.memberId]);
    expect(follower).toMatchObject({ generationId: 2, leader: alone.memberId, members: [] });
    const waiting = sync(follower);
    expect(await sync(leader, { [leader.memberId]: 'half', [follower.memberId]: 'other half' })).toBe('half');
    expect(await waiting).toBe('other half');
    expect(await sync(follower)).toBe('other half');
    expect(beat({ ...leader, generationId: 1 })).toBe(errors.ILLEGAL_GENERATION);
  });

  it('goes on without one who leaves', async () => {
    const [leader, follower] = await pair();
    expect(coordinator.leave({ groupId: 'g', memberId: leader.memberId }).errorCode).toBe(errors.NONE);
    expect(coordinator.leave({ groupId: 'g', memberId: leader.memberId }).errorCode).toBe(errors.UNKNOWN_MEMBER_ID);
    expect(beat(follower)).toBe(errors.REBALANCE_IN_PROGRESS);
    expect(await again(follower)).toMatchObject({ generationId: 3, leader: follower.memberId });
  });

  it('goes on without one who gives no sign of life', async () => {
    const [silent, alive] = await pair({ sessionTimeoutMs: 80 });
    const waiting = sync(alive);
    expect(await waiting).toBe(errors.REBALANCE_IN_PROGRESS);
    expect(beat(silent)).toBe(errors.UNKNOWN_MEMBER_ID);
    expect(await again(alive)).toMatchObject({
      errorCode: 0,
      leader: alive.memberId,
      members: [{ memberId: alive.memberId }],
    });
  });

  it('goes on without one who does not join again in time', async () => {
    const late = await join({ rebalanceTimeoutMs: 30 });
    const second = await join({ rebalanceTimeoutMs: 30 });
    expect(second).toMatchObject({ errorCode: 0, generationId: 2, leader: second.memberId });
    expect(await again(late)).toMatchObject({ errorCode: errors.UNKNOWN_MEMBER_ID });
  });

  it('is gone with its last member, and knows none of the old ids', async () => {
    const joined = await join();
    coordinator.leave({ groupId: 'g', memberId: joined.memberId });
    expect(beat(joined)).toBe(errors.UNKNOWN_MEMBER_ID);
    expect(await again(joined)).toMatchObject({ errorCode: errors.UNKNOWN_MEMBER_ID });
    expect(await join()).toMatchObject({ generationId: 1 });
  });

  it('agrees on what all offer and most like best', async () => {
    const both = [offer('sticky'), offer('range')];
    const alone = await join({ protocols: both });
    const others = [
      join({ protocols: [offer('range'), offer('sticky')] }),
      join({ protocols: [offer('range'), offer('sticky'), offer('own')] }),
    ];
    await pause(1);
    const [leader] = await Promise.all([again(alone, { protocols: both }), ...others]);
    expect(leader.protocolName).toBe('range');
    expect(leader.members.map(({ metadata }) => String(metadata))).toEqual(['range', 'range', 'range']);
  });

  it('tells one who missed its answer again, without a rebalance', async () => {
    const [, follower] = await pair();
    expect(await again(follower)).toMatchObject({ errorCode: 0, generationId: follower.generationId });
  });

  it.each([
    ['an id that it did not give', 'g', { memberId: 'mine' }, errors.UNKNOWN_MEMBER_ID],
    ['no name', '', {}, errors.INVALID_GROUP_ID],
    ['a session that is too short', 'g', { sessionTimeoutMs: 9 }, errors.INVALID_SESSION_TIMEOUT],
    ['a session that is too long', 'g', { sessionTimeoutMs: 100_001 }, errors.INVALID_SESSION_TIMEOUT],
    ['no way to assign', 'g', { protocols: [] }, errors.INCONSISTENT_GROUP_PROTOCOL],
    ['a way that nobody else offers', 'g', { protocols: [offer('own')] }, errors.INCONSISTENT_GROUP_PROTOCOL],
    ['another kind of protocol', 'g', { protocolType: 'connect' }, errors.INCONSISTENT_GROUP_PROTOCOL],
  ])('refuses %s', async (_, groupId, changes, errorCode) => {
    await join();
    expect(await coordinator.join(joinRequest('', { groupId, ...changes }), 'client', 5)).toMatchObject({ errorCode });
  });

  it('has room for so many', async () => {
    for (let count = 0; count < 3; count++) coordinator.join(joinRequest(''), 'client', 5);
    expect(await coordinator.join(joinRequest(''), 'client', 5)).toMatchObject({
      errorCode: errors.GROUP_MAX_SIZE_REACHED,
    });
  });

  it('answers who waits when the broker ends', async () => {
    const alone = await join();
    const second = join();
    await pause(1);
    coordinator[Symbol.dispose]();
    expect(await second).toMatchObject({ errorCode: errors.COORDINATOR_NOT_AVAILABLE });
    expect(beat(alone)).toBe(errors.UNKNOWN_MEMBER_ID);
  });
});

const commitRequest = (
  offset: bigint,
  { memberId, generationId } = { memberId: '', generationId: -1 },
  partition = 0,
) => ({
  groupId: 'g',
  memberId,
  generationId,
  retentionTimeMs: -1n,
  topics: [
    {
      name: 't',
      partitions: [{ index: partition, committedOffset: offset, commitTimestamp: -1n, committedMetadata: 'note' }],
    },
  ],
});

const exists = (_: string, partition: number) => partition < 2;
const commit = (...request: Parameters<typeof commitRequest>) =>
  coordinator.commit(commitRequest(...request), exists).topics[0]!.partitions[0]!.errorCode;

const committed = (from = coordinator, partitions: readonly number[] | null = [0]) =>
  from
    .fetchOffsets({ groupId: 'g', topics: partitions && [{ name: 't', partitions }] })
    .topics.flatMap((topic) => topic.partitions.map(({ index, committedOffset }) => [index, committedOffset]));

describe('offsets', () => {
  it('are -1 until they are committed', () => {
    expect(committed()).toEqual([[0, -1n]]);
    expect(committed(coordinator, null)).toEqual([]);
  });

  it('are kept of a consumer outside of any group, and found again by the next broker', () => {
    expect([commit(5n), commit(7n, undefined, 1), commit(2n ** 60n)]).toEqual([0, 0, 0]);
    expect(readdirSync(folder)).toEqual(['consumer-offsets.json']);
    using next = new Coordinator(Offsets.open(folder), limits);
    expect(committed(next)).toEqual([[0, 2n ** 60n]]);
    expect(committed(next, null)).toEqual([
      [0, 2n ** 60n],
      [1, 7n],
    ]);
  });

  it('are taken from members of this generation only', async () => {
    const joined = await join();
    await sync(joined, {});
    expect(commit(1n, joined)).toBe(errors.NONE);
    expect(commit(2n, { ...joined, generationId: 9 })).toBe(errors.ILLEGAL_GENERATION);
    expect(commit(2n, { ...joined, memberId: 'other' })).toBe(errors.UNKNOWN_MEMBER_ID);
    expect(commit(2n)).toBe(errors.UNKNOWN_MEMBER_ID);
    expect(committed()).toEqual([[0, 1n]]);
  });

  it('are refused of partitions that there are not, and while partitions are handed out', async () => {
    expect(commit(1n, undefined, 2)).toBe(errors.UNKNOWN_TOPIC_OR_PARTITION);
    const joined = await join();
    expect(commit(1n, joined)).toBe(errors.REBALANCE_IN_PROGRESS);
  });

  it('of a group or topic with an odd name are only that', () => {
    const odd = { ...commitRequest(3n), groupId: '__proto__' };
    coordinator.commit({ ...odd, topics: [{ ...odd.topics[0]!, name: '__proto__' }] }, exists);
    using next = new Coordinator(Offsets.open(folder), limits);
    const offsetOf = (groupId: string, name: string) =>
      next.fetchOffsets({ groupId, topics: [{ name, partitions: [0] }] }).topics[0]!.partitions[0]!.committedOffset;
    expect(offsetOf('__proto__', '__proto__')).toBe(3n);
    expect(offsetOf('__proto__', 'constructor')).toBe(-1n);
    expect(offsetOf('constructor', '__proto__')).toBe(-1n);
  });

  it.each([
    ['{', 'it is no JSON'],
    ['{"schemaVersion":2}', 'expected schemaVersion 1, found 2'],
    ['null', 'expected schemaVersion 1, found undefined'],
    ['{"schemaVersion":1}', 'expected a list of offsets'],
    ['{"schemaVersion":1,"offsets":[null]}', 'found null among the offsets'],
    [
      '{"schemaVersion":1,"offsets":[{"group":"g","topic":"t","partition":0,"offset":"x","metadata":""}]}',
      'found {"group"',
    ],
    [
      '{"schemaVersion":1,"offsets":[{"group":"g","topic":"t","partition":0.5,"offset":"1","metadata":""}]}',
      'found {"group"',
    ],
  ])('that cannot be read are said so: %s', (text, why) => {
    writeFileSync(path(folder, 'consumer-offsets.json'), text);
    expect(() => Offsets.open(folder)).toThrow(why);
    expect(readFileSync(path(folder, 'consumer-offsets.json'), 'utf8')).toBe(text);
  });
});
