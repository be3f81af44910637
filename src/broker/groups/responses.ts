/** Answers to members that are the same wherever they are given. */
import { errors } from '../wire/errors.ts';
import type { JoinResponse, Member, SyncResponse } from './member.ts';

/** @param members all of them for the leader, nobody for others */
export function joined(
  memberId: string,
  generationId: number,
  protocolName: string,
  leader: string,
  members: readonly Member[],
): JoinResponse {
  const described = members.map((member) => ({
    memberId: member.id,
    groupInstanceId: member.groupInstanceId,
    metadata: member.metadataFor(protocolName),
  }));
  const round = { generationId, protocolName, leader, members: described };
  return { throttleTimeMs: 0, errorCode: errors.NONE, memberId, ...round };
}

export function refusedJoin(errorCode: number, memberId: string): JoinResponse {
  const nobody = { generationId: -1, protocolName: '', leader: '', members: [] };
  return { throttleTimeMs: 0, errorCode, memberId, ...nobody };
}

export function refusedSync(errorCode: number): SyncResponse {
  return { throttleTimeMs: 0, errorCode, assignment: new Uint8Array() };
}

export function synced({ assignment }: { readonly assignment: Uint8Array }): SyncResponse {
  return { throttleTimeMs: 0, errorCode: errors.NONE, assignment };
}
