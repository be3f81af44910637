/**
 * How far groups have read, in memory and in one file that is replaced whole at every commit:
 *
 *   { "schemaVersion": 1, "groups": { "GROUP": { "TOPIC": { "PARTITION": { "offset": "42", "metadata": "" } } } } }
 *
 * Apache Kafka keeps the same in a topic, __consumer_offsets. As with records, what was committed is in the page cache: a
 * process that dies loses nothing, a machine that loses power may.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'consumer-offsets.json';

export interface Committed {
  readonly offset: bigint;
  readonly metadata: string;
}

/** The file of committed offsets cannot be read. */
export class UnreadableOffsets extends Error {
  override name = 'UnreadableOffsets';
}

type Topics = Record<string, Record<string, { offset: string; metadata: string }>>;

export class Offsets {
  readonly #path: string;
  readonly #groups: Map<string, Topics>;

  private constructor(path: string, groups: Map<string, Topics>) {
    this.#path = path;
    this.#groups = groups;
  }

  /** Reads what an earlier broker left in the data folder. @throws {UnreadableOffsets} */
  static open(folder: string): Offsets {
    const path = join(folder, FILE);
    if (!existsSync(path)) return new Offsets(path, new Map());
    return new Offsets(path, new Map(Object.entries(parse(path, readFileSync(path, 'utf8')))));
  }

  /** Whether the group ever committed anything. */
  knows(group: string): boolean {
    return this.#groups.has(group);
  }

  /** Every partition that the group committed. */
  partitionsOf(group: string): readonly { readonly topic: string; readonly partitions: readonly number[] }[] {
    return Object.entries(this.#groups.get(group) ?? {}).map(([topic, partitions]) => ({
      topic,
      partitions: Object.keys(partitions).map(Number),
    }));
  }

  get(group: string, topic: string, partition: number): Committed | null {
    const committed = this.#groups.get(group)?.[topic]?.[partition];
    return committed ? { offset: BigInt(committed.offset), metadata: committed.metadata } : null;
  }

  /** Keeps all of a commit or, when the file cannot be written, nothing of it. @throws {Error} of the file system */
  commit(
    group: string,
    commits: readonly (Committed & { readonly topic: string; readonly partition: number })[],
  ): void {
    const topics: Topics = structuredClone(this.#groups.get(group) ?? {});
    for (const { topic, partition, offset, metadata } of commits) {
      const partitions = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
      topics[topic] = { ...partitions, [partition]: { offset: String(offset), metadata } };
    }
    const groups = new Map(this.#groups).set(group, topics);
    this.#write(groups);
    this.#groups.set(group, topics);
  }

  #write(groups: ReadonlyMap<string, Topics>): void {
    const half = `${this.#path}.half`;
    try {
      writeFileSync(half, `${JSON.stringify({ schemaVersion: 1, groups: Object.fromEntries(groups) })}\n`);
      renameSync(half, this.#path);
    } catch (error) {
      rmSync(half, { force: true });
      throw error;
    }
  }
}

function parse(path: string, text: string): Record<string, Topics> {
  const unreadable = (why: string, cause?: unknown) =>
    new UnreadableOffsets(`Cannot read the committed offsets in ${path}: ${why}; repair it, or move it away`, {
      cause,
    });
  let document: { schemaVersion?: unknown; groups?: unknown };
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw unreadable('it is no JSON', error);
  }
  if (document?.schemaVersion !== 1) throw unreadable(`expected schemaVersion 1, found ${document?.schemaVersion}`);
  const groups = document.groups as Record<string, Topics>;
  for (const topics of Object.values(groups ?? {})) {
    for (const { offset, metadata } of Object.values(topics).flatMap((partitions) => Object.values(partitions))) {
      if (!/^-?\d+$/.test(offset) || typeof metadata !== 'string') throw unreadable(`found the offset '${offset}'`);
    }
  }
  return groups ?? {};
}
