import { errors } from '../wire/errors.ts';
import type { RequestOf } from '../wire/message.ts';
import { type JoinResponse, Member, type SyncResponse } from './member.ts';
import { Members } from './members.ts';
import { Reservations } from './reservations.ts';
import { joined, refusedJoin, refusedSync, synced } from './responses.ts';

/**
 * One consumer group. Members join, the broker makes one of them the leader, the leader says who gets which partitions,
 * and everybody is told (KIP-62, KIP-394; class `ClassicGroup` of Kafka). Whenever somebody comes or goes, that begins
 * anew: the others learn it from their heartbeats.
 *
 *   Empty → PreparingRebalance (joins wait) → CompletingRebalance (syncs wait) → Stable
 */
export class Group implements Disposable {
  readonly id: string;
  #state: 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' = 'Empty';
  #generation = 0;
  #protocolType = '';
  #protocol = '';
  #leader = '';
  readonly #members = new Members();
  readonly #reserved = new Reservations(() => this.#left());
  readonly #emptied: (group: Group) => void;
  #rebalance: NodeJS.Timeout | undefined;

  /** @param emptied called when the last one has gone */
  constructor(id: string, emptied: (group: Group) => void) {
    this.id = id;
    this.#emptied = emptied;
  }

  /** Members, and those who are about to be. */
  get size(): number {
    return this.#members.size + this.#reserved.size;
  }

  /** @param knowsIds whether this version of JoinGroup wants a new member to come again with the id that it is given */
  join(request: RequestOf<'joinGroup'>, clientId: string, knowsIds: boolean): JoinResponse | Promise<JoinResponse> {
    const { memberId, sessionTimeoutMs, protocols } = request;
    if (!this.#isConsistent(request)) return refusedJoin(errors.INCONSISTENT_GROUP_PROTOCOL, memberId);
    if (memberId === '') {
      const id = this.#reserved.give(clientId, sessionTimeoutMs);
      return knowsIds ? refusedJoin(errors.MEMBER_ID_REQUIRED, id) : this.#enter(id, request);
    }
    if (this.#reserved.take(memberId)) return this.#enter(memberId, request);
    const member = this.#members.get(memberId);
    if (!member) return refusedJoin(errors.UNKNOWN_MEMBER_ID, memberId);
    const settled = this.#state === 'Stable' || this.#state === 'CompletingRebalance';
    // A member that only missed its answer is told it again; a leader that joins once more wants to assign anew.
    const again = settled && member.offers(protocols) && !(this.#state === 'Stable' && memberId === this.#leader);
    if (again) {
      member.alive();
      return this.#joined(member);
    }
    return this.#rejoin(member, request);
  }

  sync({ memberId, generationId, assignments }: RequestOf<'syncGroup'>): SyncResponse | Promise<SyncResponse> {
    const member = this.#members.get(memberId);
    const error = this.#faultOf(memberId, generationId);
    if (!member || error !== errors.NONE) return refusedSync(error);
    if (this.#state === 'PreparingRebalance') return refusedSync(errors.REBALANCE_IN_PROGRESS);
    member.alive();
    if (this.#state === 'Stable') return synced(member);
    const response = member.awaitSync(refusedSync(errors.REBALANCE_IN_PROGRESS));
    if (memberId === this.#leader) this.#assign(assignments);
    return response;
  }

  /** A sign of life. @returns the error code that tells the member what to do next */
  heartbeat(memberId: string, generationId: number): number {
    const error = this.#faultOf(memberId, generationId);
    if (error !== errors.NONE) return error;
    this.#members.get(memberId)?.alive();
    return this.#state === 'PreparingRebalance' ? errors.REBALANCE_IN_PROGRESS : errors.NONE;
  }

  leave(memberId: string): number {
    const member = this.#members.get(memberId);
    if (member) this.#remove(member);
    else if (!this.#reserved.take(memberId)) return errors.UNKNOWN_MEMBER_ID;
    this.#left();
    return errors.NONE;
  }

  /** Whether this member may commit offsets. */
  mayCommit(memberId: string, generationId: number): number {
    const error = this.#faultOf(memberId, generationId);
    if (error !== errors.NONE) return error;
    this.#members.get(memberId)?.alive();
    return this.#state === 'CompletingRebalance' ? errors.REBALANCE_IN_PROGRESS : errors.NONE;
  }

  /** Answers everybody who waits, and ends all clocks. */
  [Symbol.dispose](): void {
    clearTimeout(this.#rebalance);
    this.#reserved[Symbol.dispose]();
    for (const member of this.#members.all()) {
      member.answerJoin(refusedJoin(errors.COORDINATOR_NOT_AVAILABLE, member.id));
      member.answerSync(refusedSync(errors.COORDINATOR_NOT_AVAILABLE));
      member.forget();
    }
  }

  #faultOf(memberId: string, generationId: number): number {
    if (!this.#members.get(memberId)) return errors.UNKNOWN_MEMBER_ID;
    return generationId === this.#generation ? errors.NONE : errors.ILLEGAL_GENERATION;
  }

  /** Whether a member that offers this can be in one group with those that are there. */
  #isConsistent({ protocolType, protocols }: RequestOf<'joinGroup'>): boolean {
    if (protocolType === '' || protocols.length === 0) return false;
    const common = this.#members.commonProtocols();
    if (this.#members.size === 0) return true;
    return protocolType === this.#protocolType && protocols.some(({ name }) => common.includes(name));
  }

  #enter(id: string, request: RequestOf<'joinGroup'>): Promise<JoinResponse> {
    this.#reserved.take(id);
    const member = new Member(id, request.groupInstanceId, (expired) => this.#remove(expired));
    this.#members.add(member);
    this.#protocolType = request.protocolType;
    return this.#rejoin(member, request);
  }

  #rejoin(member: Member, request: RequestOf<'joinGroup'>): Promise<JoinResponse> {
    member.sessionTimeoutMs = request.sessionTimeoutMs;
    member.rebalanceTimeoutMs = request.rebalanceTimeoutMs < 0 ? request.sessionTimeoutMs : request.rebalanceTimeoutMs;
    // What is kept outlives the frame that it came in.
    member.protocols = request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) }));
    const response = member.awaitJoin(refusedJoin(errors.UNKNOWN_MEMBER_ID, member.id));
    this.#prepare();
    this.#completeIfAllJoined();
    return response;
  }

  #remove(member: Member): void {
    if (!this.#members.remove(member)) return;
    member.answerJoin(refusedJoin(errors.UNKNOWN_MEMBER_ID, member.id));
    member.answerSync(refusedSync(errors.UNKNOWN_MEMBER_ID));
    this.#prepare();
    this.#completeIfAllJoined();
  }

  /** Begins a rebalance, unless one has begun. Who has not joined when the longest timeout is over is out. */
  #prepare(): void {
    if (this.#state === 'PreparingRebalance') return;
    for (const member of this.#members.all()) member.answerSync(refusedSync(errors.REBALANCE_IN_PROGRESS));
    this.#state = 'PreparingRebalance';
    const longestMs = Math.max(0, ...this.#members.all().map((member) => member.rebalanceTimeoutMs));
    this.#rebalance = setTimeout(() => this.#complete(), longestMs).unref();
  }

  #completeIfAllJoined(): void {
    if (this.#members.all().every((member) => member.joining)) this.#complete();
  }

  #complete(): void {
    clearTimeout(this.#rebalance);
    for (const member of this.#members.all()) {
      if (!member.joining) this.#members.remove(member);
    }
    this.#generation++;
    const { first } = this.#members;
    this.#state = first === undefined ? 'Empty' : 'CompletingRebalance';
    if (!this.#members.get(this.#leader)) this.#leader = first ?? '';
    this.#protocol = this.#members.favouriteProtocol();
    for (const member of this.#members.all()) {
      member.assignment = new Uint8Array();
      member.answerJoin(this.#joined(member));
    }
    this.#left();
  }

  #left(): void {
    if (this.size === 0) this.#emptied(this);
  }

  #assign(assignments: RequestOf<'syncGroup'>['assignments']): void {
    for (const { memberId, assignment } of assignments) {
      const member = this.#members.get(memberId);
      if (member) member.assignment = Buffer.from(assignment);
    }
    this.#state = 'Stable';
    for (const member of this.#members.all()) if (member.syncing) member.answerSync(synced(member));
  }

  #joined(member: Member): JoinResponse {
    const members = member.id === this.#leader ? this.#members.all() : [];
    return joined(member.id, this.#generation, this.#protocol, this.#leader, members);
  }
}
