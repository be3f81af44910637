/** What a broker bears. Names in brackets are Kafka's for the same. */
export interface Limits {
  /** Bytes of a request [socket.request.max.bytes]. */
  readonly mostRequestBytes: number;
  /** Bytes of records in one response to a fetch, but for a batch that is larger [fetch.max.bytes]. */
  readonly mostFetchBytes: number;
  /** Connections at a time; further clients wait in the listener's queue [max.connections]. */
  readonly mostConnections: number;
  /** Partitions of all topics together. */
  readonly mostPartitions: number;
  /** A connection on which nothing moved for so long is ended [connections.max.idle.ms]. */
  readonly idleMs: number;
  /** So is one whose request stopped in the middle. */
  readonly stalledRequestMs: number;
  /** Session timeouts that a member of a group may ask for [group.min.session.timeout.ms, group.max.…]. */
  readonly sessionTimeoutMs: readonly [number, number];
  /** Members of one group [group.max.size]. */
  readonly mostMembers: number;
}

export const defaultLimits: Limits = {
  mostRequestBytes: 16 * 2 ** 20,
  mostFetchBytes: 55 * 2 ** 20,
  mostConnections: 1000,
  mostPartitions: 2000,
  idleMs: 600_000,
  stalledRequestMs: 30_000,
  sessionTimeoutMs: [6_000, 1_800_000],
  mostMembers: 1000,
};
