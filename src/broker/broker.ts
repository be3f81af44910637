/**
 * A log broker that speaks Kafka's protocol: storage, groups and listeners put together. It leaves out replication,
 * transactions, idempotence, quotas, access control, compaction, and the topics that Apache Kafka keeps for itself.
 */
import { randomUUID } from 'node:crypto';
import { Warmth } from './fetch/warmth.ts';
import { Coordinator } from './groups/coordinator.ts';
import { Offsets } from './groups/offsets.ts';
import { answersFrom } from './server/answers/index.ts';
import { Arrivals } from './server/arrivals.ts';
import type { OpenChannel } from './server/channel.ts';
import { Connection, type Surroundings } from './server/connection.ts';
import { type KernelTlsOptions, listenKernelTls } from './server/kernel-tls-listener.ts';
import { defaultLimits, type Limits } from './server/limits.ts';
import { type Listener, SocketListener, type SocketOptions } from './server/listener.ts';
import { listenTls, type TlsOptions } from './server/tls-listener.ts';
import type { LogOptions } from './storage/log-options.ts';
import { Storage } from './storage/topics.ts';

export interface BrokerOptions {
  /** The data folder; it is made when there is none, and locked. */
  readonly folder: string;
  readonly listeners: readonly (SocketOptions | TlsOptions | KernelTlsOptions)[];
  readonly log?: LogOptions;
  /** Partitions of a topic that is made because somebody asked about it; null: none is made. */
  readonly autoCreatePartitions?: number | null;
  readonly limits?: Partial<Limits>;
  /** Whether cold data is brought in by another thread before it is sent; otherwise everybody waits for the disk. */
  readonly warm?: boolean;
  /** Told why a connection was ended by this side. */
  readonly report?: (why: Error) => void;
}

/** How often it is looked for connections that have been silent too long, milliseconds. */
const SWEEP_MS = 1000;
/** How long a stop waits for clients to take the answers that they are owed, milliseconds. */
const FAREWELL_MS = 5000;

export class Broker {
  readonly listeners: readonly Listener[];
  readonly storage: Storage;
  readonly #coordinator: Coordinator;
  readonly #arrivals = new Arrivals();
  readonly #warmth: Warmth;
  readonly #around: Surroundings;
  readonly #connections = new Set<Connection>();
  readonly #sweep: NodeJS.Timeout;
  #stopping = false;
  #allEnded: (() => void) | undefined;

  /** @throws {DataFolderInUse | StorageFailed | UnreadableOffsets | SyscallError} the last when it cannot listen */
  constructor({ folder, listeners, log, autoCreatePartitions = 1, limits: some, warm = true, report }: BrokerOptions) {
    const limits = { ...defaultLimits, ...some };
    using undo = new DisposableStack();
    this.storage = undo.use(Storage.open(folder, log));
    this.#coordinator = undo.use(new Coordinator(Offsets.open(folder), limits));
    this.#warmth = undo.use(new Warmth());
    const answers = answersFrom({
      storage: this.storage,
      coordinator: this.#coordinator,
      arrivals: this.#arrivals,
      clusterId: randomUUID(),
      topics: {
        autoCreate: autoCreatePartitions !== null,
        partitions: autoCreatePartitions ?? 1,
        mostPartitions: limits.mostPartitions,
      },
      mostFetchBytes: limits.mostFetchBytes,
      stopping: () => this.#stopping,
    });
    const ended = (connection: Connection, why: Error | null) => {
      this.#ended(connection);
      if (why) report?.(why);
    };
    this.#around = { answers, limits, warmth: warm ? this.#warmth : null, waiting: new Set(), ended };
    const accept = (open: OpenChannel) => this.#accept(open);
    this.listeners = listeners.map((options) => undo.use(listenBy(options, accept)));
    this.#sweep = setInterval(() => this.#checkTimes(), SWEEP_MS).unref();
    undo.move();
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Whether nobody waits for a promise: no answer for records or other clients, none for the disk, and nobody for the end. */
  get quiet(): boolean {
    return this.#around.waiting.size === 0 && !this.#stopping;
  }

  /** How often cold data was brought in before it was sent. */
  get warmed(): number {
    return this.#warmth.reads;
  }

  /**
   * Accepts nobody any more, answers what was asked, closes the logs whole. Clients that do not take their answer in time
   * are left without. @throws {Error} when a log could not be closed whole: everything else is done even so
   */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    clearInterval(this.#sweep);
    for (const listener of this.listeners) listener[Symbol.dispose]();
    this.#arrivals.end();
    this.#coordinator[Symbol.dispose]();
    for (const connection of [...this.#connections]) connection.finish();
    if (this.#connections.size > 0) {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, FAREWELL_MS);
      this.#allEnded = late.resolve;
      await late.promise;
      clearTimeout(timer);
    }
    for (const connection of [...this.#connections]) connection[Symbol.dispose]();
    this.#warmth[Symbol.dispose]();
    this.storage[Symbol.dispose]();
  }

  #accept(open: OpenChannel): boolean {
    this.#connections.add(new Connection(open, this.#around));
    return this.#connections.size < this.#around.limits.mostConnections;
  }

  #ended(connection: Connection): void {
    this.#connections.delete(connection);
    if (this.#stopping) {
      if (this.#connections.size === 0) this.#allEnded?.();
    } else {
      for (const listener of this.listeners) listener.resume();
    }
  }

  #checkTimes(): void {
    const now = performance.now();
    for (const connection of [...this.#connections]) connection.checkTime(now);
  }
}

function listenBy(options: BrokerOptions['listeners'][number], accept: (open: OpenChannel) => boolean): Listener {
  if (options.fetch === 'tls') return listenTls(options, accept);
  if (options.fetch === 'kernel-tls') return listenKernelTls(options, accept);
  return new SocketListener(options, accept);
}
