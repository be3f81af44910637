import type { ResponseOf } from '../wire/message.ts';

export type JoinResponse = ResponseOf<'joinGroup'>;
export type SyncResponse = ResponseOf<'syncGroup'>;

/** A way to assign partitions that a member offers, with what it tells the leader for it. */
export interface Protocol {
  readonly name: string;
  readonly metadata: Uint8Array;
}

/** One consumer of a group, and its connection's request while that waits for the others. */
export class Member {
  readonly id: string;
  readonly groupInstanceId: string | null;
  sessionTimeoutMs = 0;
  rebalanceTimeoutMs = 0;
  protocols: readonly Protocol[] = [];
  assignment: Uint8Array = new Uint8Array();
  #join: ((response: JoinResponse) => void) | undefined;
  #sync: ((response: SyncResponse) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #expired: (member: Member) => void;

  /** @param expired called when it was silent for a whole session while nobody kept it waiting */
  constructor(id: string, groupInstanceId: string | null, expired: (member: Member) => void) {
    this.id = id;
    this.groupInstanceId = groupInstanceId;
    this.#expired = expired;
  }

  get joining(): boolean {
    return this.#join !== undefined;
  }

  get syncing(): boolean {
    return this.#sync !== undefined;
  }

  /** It gave a sign of life: its session begins anew. */
  alive(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.joining || this.syncing) return;
    this.#timer = setTimeout(() => this.#expired(this), this.sessionTimeoutMs).unref();
  }

  /** What it offered when it last joined, for one way to assign partitions. */
  metadataFor(protocol: string): Uint8Array {
    return this.protocols.find(({ name }) => name === protocol)?.metadata ?? new Uint8Array();
  }

  /** Whether it offers exactly this, in this order. */
  offers(protocols: readonly Protocol[]): boolean {
    return (
      this.protocols.length === protocols.length &&
      protocols.every(({ name, metadata }, index) => {
        const own = this.protocols[index];
        return own?.name === name && Buffer.compare(own.metadata, metadata) === 0;
      })
    );
  }

  /** Keeps a join waiting; one that waits already, on a connection that broke, is answered first. */
  awaitJoin(instead: JoinResponse): Promise<JoinResponse> {
    this.answerJoin(instead);
    return new Promise((resolve) => {
      this.#join = resolve;
      this.alive();
    });
  }

  awaitSync(instead: SyncResponse): Promise<SyncResponse> {
    this.answerSync(instead);
    return new Promise((resolve) => {
      this.#sync = resolve;
      this.alive();
    });
  }

  answerJoin(response: JoinResponse): void {
    const resolve = this.#join;
    this.#join = undefined;
    resolve?.(response);
    this.alive();
  }

  answerSync(response: SyncResponse): void {
    const resolve = this.#sync;
    this.#sync = undefined;
    resolve?.(response);
    this.alive();
  }

  /** Nothing more happens to it. */
  forget(): void {
    clearTimeout(this.#timer);
  }
}
