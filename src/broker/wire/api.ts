import type { Type } from './types.ts';

/** One API of the protocol: its key, the versions that this broker speaks, and what travels. */
export interface Api<Request, Response> {
  readonly key: number;
  readonly name: string;
  /** First and last version. */
  readonly versions: readonly [number, number];
  readonly request: Type<Request>;
  readonly response: Type<Response>;
  /** From this version on the request's header ends in tagged fields; no API without it has one. */
  readonly flexibleSince?: number;
}

/** Describes an API; the types of request and response follow from their schemas. */
export function api<Request, Response>(description: Api<Request, Response>): Api<Request, Response> {
  return description;
}

/** Whether this broker speaks `version` of an API. */
export function speaks({ versions: [first, last] }: Pick<Api<never, never>, 'versions'>, version: number): boolean {
  return version >= first && version <= last;
}
