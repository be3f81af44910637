/**
 * How far groups have read, in memory and in one file that is replaced whole at every commit:
 *
 *   { "schemaVersion": 1,
 *     "offsets": [{ "group": "g", "topic": "t", "partition": 0, "offset": "42", "metadata": "" }, …] }
 *
 * Apache Kafka keeps the same in a topic, __consumer_offsets. As with records, what was committed is in the page cache: a
 * process that dies loses nothing, a machine that loses power may.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'consumer-offsets.json';

export interface Committed {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly metadata: string;
}

/** The file of committed offsets cannot be read. */
export class UnreadableOffsets extends Error {
  override name = 'UnreadableOffsets';
}

/** A group's commits by topic and partition. */
type Commits = ReadonlyMap<string, Committed>;

export class Offsets {
  readonly #path: string;
  #groups: ReadonlyMap<string, Commits> = new Map();

  private constructor(path: string) {
    this.#path = path;
  }

  /** Reads what an earlier broker left in the data folder. @throws {UnreadableOffsets} */
  static open(folder: string): Offsets {
    const offsets = new Offsets(join(folder, FILE));
    // What a broker was writing when it was killed.
    rmSync(halfOf(offsets.#path), { force: true });
    if (existsSync(offsets.#path)) offsets.#groups = parse(offsets.#path, readFileSync(offsets.#path, 'utf8'));
    return offsets;
  }

  /** All that the group committed. */
  of(group: string): readonly Committed[] {
    return [...(this.#groups.get(group)?.values() ?? [])];
  }

  get(group: string, topic: string, partition: number): Committed | undefined {
    return this.#groups.get(group)?.get(keyOf({ topic, partition }));
  }

  /** Keeps all of a commit or, when the file cannot be written, nothing of it. @throws {Error} of the file system */
  commit(group: string, commits: readonly Committed[]): void {
    const groups = withCommits(this.#groups, group, commits);
    const half = halfOf(this.#path);
    try {
      writeFileSync(half, textOf(groups));
      renameSync(half, this.#path);
    } catch (error) {
      rmSync(half, { force: true });
      throw error;
    }
    this.#groups = groups;
  }
}

function halfOf(path: string): string {
  return `${path}.half`;
}

function keyOf({ topic, partition }: Pick<Committed, 'topic' | 'partition'>): string {
  return `${topic}-${partition}`;
}

function withCommits(groups: ReadonlyMap<string, Commits>, group: string, commits: readonly Committed[]) {
  const added = commits.map((commit) => [keyOf(commit), commit] as const);
  return new Map(groups).set(group, new Map([...(groups.get(group) ?? []), ...added]));
}

function textOf(groups: ReadonlyMap<string, Commits>): string {
  const offsets = [...groups].flatMap(([group, commits]) =>
    [...commits.values()].map((commit) => ({ group, ...commit, offset: String(commit.offset) })),
  );
  return `${JSON.stringify({ schemaVersion: 1, offsets })}\n`;
}

/** What an entry of the file must be; anything else was not written by us. */
interface Entry {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly metadata: string;
}

function parse(path: string, text: string): ReadonlyMap<string, Commits> {
  const unreadable = (why: string, cause?: unknown) =>
    new UnreadableOffsets(`Cannot read the committed offsets in ${path}: ${why}; repair it, or move it away`, {
      cause,
    });
  let document: { schemaVersion?: unknown; offsets?: unknown } | null;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw unreadable('it is no JSON', error);
  }
  if (document?.schemaVersion !== 1) throw unreadable(`expected schemaVersion 1, found ${document?.schemaVersion}`);
  if (!Array.isArray(document.offsets)) throw unreadable('expected a list of offsets');
  let groups: ReadonlyMap<string, Commits> = new Map();
  for (const entry of document.offsets) {
    if (!isEntry(entry)) throw unreadable(`found ${JSON.stringify(entry)} among the offsets`);
    const { group, offset, ...rest } = entry;
    groups = withCommits(groups, group, [{ ...rest, offset: BigInt(offset) }]);
  }
  return groups;
}

function isEntry(entry: unknown): entry is Entry {
  const { group, topic, partition, offset, metadata } = (entry ?? {}) as Record<string, unknown>;
  const texts = [group, topic, offset, metadata];
  return (
    texts.every((text) => typeof text === 'string') && Number.isInteger(partition) && /^-?\d+$/.test(String(offset))
  );
}
