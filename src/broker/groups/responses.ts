/** Answers to members that are the same wherever they are given. */
import { errors } from '../wire/errors.ts';
import type { ResponseOf } from '../wire/message.ts';

export type JoinResponse = ResponseOf<'joinGroup'>;
export type SyncResponse = ResponseOf<'syncGroup'>;

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
