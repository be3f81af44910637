import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Descriptor } from '#libc';
import { forgetCheckpoint, markCleanShutdown, type RecoveryOf, takeShutdownNote } from './clean-shutdown.ts';
import { DataFolderInUse, lockFolder } from './data-lock.ts';
import { InvalidPartitions, StorageFailed, TopicExists } from './errors.ts';
import { Log } from './log.ts';
import { type LogOptions, settingsOf } from './log-options.ts';
import { syncFolder } from './sync-folder.ts';
import { checkTopicName, partitionFolder, partitionOf } from './topic-name.ts';

export interface Topic {
  readonly name: string;
  readonly partitions: number;
}

const MOST_PARTITIONS = 10_000;
/** Where a KRaft controller keeps its own log: no topic of clients, and in a folder of Apache Kafka's only. */
const METADATA_TOPIC = '__cluster_metadata';

/** The data folder of a broker: a folder for each partition, named `topic-partition` (class `LogManager` of Kafka). */
export class Storage implements Disposable {
  readonly folder: string;
  readonly #options: LogOptions;
  readonly #lock: Descriptor;
  readonly #logs = new Map<string, Log[]>();
  #open = true;

  private constructor(folder: string, options: LogOptions, lock: Descriptor) {
    this.folder = folder;
    this.#options = options;
    this.#lock = lock;
  }

  /**
   * Opens a data folder, makes it when there is none, and recovers what a crash left.
   * @throws {DataFolderInUse | StorageFailed | RangeError}
   */
  static open(folder: string, options: LogOptions = {}): Storage {
    settingsOf(options);
    const storage = new Storage(folder, options, makeAndLock(folder));
    try {
      storage.#openAll();
      return storage;
    } catch (error) {
      storage.#closeAll();
      throw error;
    }
  }

  /** All topics, by name. */
  topics(): readonly Topic[] {
    const topics = [...this.#logs].map(([name, logs]) => ({ name, partitions: logs.length }));
    return topics.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Makes a topic. @throws {InvalidTopic | TopicExists | InvalidPartitions | StorageFailed} */
  create(name: string, partitions: number): Topic {
    checkTopicName(name);
    if (this.#logs.has(name) || name === METADATA_TOPIC) throw new TopicExists(name);
    if (!Number.isInteger(partitions) || partitions < 1 || partitions > MOST_PARTITIONS) {
      throw new InvalidPartitions(partitions);
    }
    try {
      this.#openTopic(name, partitions, () => 'last');
      return { name, partitions };
    } catch (error) {
      this.#discard(name);
      throw error;
    }
  }

  /** The log of a partition; undefined when there is no such topic or partition. */
  log(topic: string, partition: number): Log | undefined {
    return this.#logs.get(topic)?.[partition];
  }

  /** Closes every log, and notes that this was done when all of them could be. */
  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    const failures = this.#closeAll(() => markCleanShutdown(this.folder));
    if (failures.length > 0) throw new AggregateError(failures, `Cannot close data folder '${this.folder}' whole`);
  }

  #openAll(): void {
    const recovery = takeShutdownNote(this.folder);
    for (const [topic, partitions] of this.#partitions()) this.#openTopic(topic, partitions, recovery);
    forgetCheckpoint(this.folder);
  }

  /** Topics on the disk. A topic has as many partitions as its highest number says: that one is made first. */
  #partitions(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const entry of readdirSync(this.folder, { withFileTypes: true })) {
      const found = entry.isDirectory() ? partitionOf(entry.name) : null;
      if (found === null || found.topic === METADATA_TOPIC) continue;
      counts.set(found.topic, Math.max(counts.get(found.topic) ?? 0, found.partition + 1));
    }
    return counts;
  }

  #openTopic(name: string, partitions: number, recovery: RecoveryOf): void {
    const logs: Log[] = [];
    this.#logs.set(name, logs);
    for (let partition = partitions - 1; partition >= 0; partition--) {
      const folder = join(this.folder, partitionFolder(name, partition));
      logs[partition] = Log.open(folder, this.#options, recovery(name, partition));
    }
    syncFolder(this.folder);
  }

  /** Takes away what there is of a topic that could not be made: it must not be there after a restart. */
  #discard(name: string): void {
    // Partitions that were not reached are holes.
    for (const log of this.#logs.get(name)?.filter(Boolean) ?? []) {
      log[Symbol.dispose]();
      rmSync(log.folder, { recursive: true });
    }
    this.#logs.delete(name);
  }

  /** Closes what is open and lets the folder go. @param whole done when every log could be closed @returns failures */
  #closeAll(whole: () => void = () => {}): readonly unknown[] {
    const failures: unknown[] = [];
    const attempt = (work: () => void) => {
      try {
        work();
      } catch (error) {
        failures.push(error);
      }
    };
    for (const log of [...this.#logs.values()].flat()) attempt(() => log[Symbol.dispose]());
    if (failures.length === 0) attempt(whole);
    this.#lock[Symbol.dispose]();
    return failures;
  }
}

function makeAndLock(folder: string): Descriptor {
  try {
    mkdirSync(folder, { recursive: true });
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof DataFolderInUse) throw error;
    throw new StorageFailed(`Cannot use data folder '${folder}'`, error);
  }
}
