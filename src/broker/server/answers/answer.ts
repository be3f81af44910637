import type { ApiName } from '../../wire/apis.ts';
import type { RequestHeader, RequestOf, ResponseOf } from '../../wire/message.ts';

/** Who asks: one connection. */
export interface Asker {
  /** The address by which it reached this broker, and so by which it may be told to reach it again. */
  readonly host: string;
  readonly port: number;
  /** Calls `then` once if the client leaves while it waits. @returns what takes that back */
  whenGone(then: () => void): () => void;
}

export type MaybeLate<T> = T | Promise<T>;

/** Answers the requests of one API; null when the request wants no response. */
export type Answer<N extends ApiName> = (
  body: RequestOf<N>,
  asker: Asker,
  header: RequestHeader,
) => MaybeLate<ResponseOf<N> | null>;

export type Answers = { readonly [N in ApiName]: Answer<N> };

/** A request after which the protocol knows no answer but to end the connection. */
export class HangUp extends Error {
  override name = 'HangUp';
}
