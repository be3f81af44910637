import { allocate, type Descriptor, fstat, fsync, ftruncate, Mapping, O_CREAT, O_RDWR, open } from '#libc';

/** The end of an index that most lookups need, in bytes: three pages at most, which stay in memory. */
const WARM_BYTES = 8192;
/** How far ahead of its entries the file has blocks on the disk, in bytes. */
const ALLOCATED_BYTES = 65_536;

/**
 * Entries of one size in a file that is mapped into memory (class `AbstractIndex` of Kafka). While its segment is
 * written, the file is as large as it may become, sparse; trimmed, it is as large as its entries.
 */
export class MappedIndex implements Disposable {
  readonly path: string;
  readonly entryBytes: number;
  readonly #file: Descriptor;
  #mapping: Mapping | null = null;
  #entries: number;
  #room = 0;
  #allocated = 0;

  /** Opens the file as it is, trimmed; makes an empty one when there is none. @throws {SyscallError} */
  constructor(path: string, entryBytes: number) {
    this.path = path;
    this.entryBytes = entryBytes;
    this.#file = open(path, O_RDWR | O_CREAT, 0o644);
    this.#entries = Math.floor(fstat(this.#file.fd).size / entryBytes);
    this.#map(this.#entries);
  }

  get entries(): number {
    return this.#entries;
  }

  /** Entries that still fit. */
  get room(): number {
    return this.#room - this.#entries;
  }

  /** The mapped bytes; only for as long as the file is not trimmed or grown. */
  get view(): Buffer {
    if (this.#mapping === null) throw new Error(`Cannot look into '${this.path}': it has no entries`);
    return this.#mapping.view();
  }

  /** Makes the file `bytes` large, for entries to come. @throws {SyscallError} */
  grow(bytes: number): void {
    const room = Math.max(this.#entries, Math.floor(bytes / this.entryBytes));
    ftruncate(this.#file.fd, room * this.entryBytes);
    this.#allocated = 0;
    this.#map(room);
  }

  /**
   * Gives blocks of the disk to `count` more entries: a store into a page that gets none would end this process.
   * @throws {SyscallError} ENOSPC when the disk is full
   */
  prepare(count: number): void {
    const end = Math.min(this.#room, this.#entries + count) * this.entryBytes;
    if (end <= this.#allocated) return;
    const to = Math.min(this.#room * this.entryBytes, end + ALLOCATED_BYTES);
    allocate(this.#file.fd, 0, to);
    this.#allocated = to;
  }

  /** Adds an entry. @returns where in `view` its bytes are to be written */
  add(): number {
    if (this.room <= 0) throw new Error(`Cannot add to '${this.path}': all of its ${this.#room} entries are used`);
    this.prepare(1);
    return this.#entries++ * this.entryBytes;
  }

  /** Forgets all entries. */
  clear(): void {
    this.#entries = 0;
  }

  /** Makes the file as large as its entries. @throws {SyscallError} */
  trim(): void {
    ftruncate(this.#file.fd, this.#entries * this.entryBytes);
    this.#map(this.#entries);
  }

  /** Waits until all of it is on the disk: what was stored through the mapping is in the same page cache. */
  flush(): void {
    fsync(this.#file.fd);
  }

  /**
   * The last entry that is not beyond what is looked for, −1 when the first one is. It looks in the warm end first: a
   * plain binary search over the whole would touch pages that nobody has touched for long, and wait for the disk
   * (KAFKA-5413, and the comment in class `AbstractIndex`).
   *
   * @param beyond whether an entry, by its number, is beyond what is looked for
   */
  lastNotBeyond(beyond: (entry: number) => boolean): number {
    const last = this.#entries - 1;
    if (last < 0) return -1;
    const firstWarm = Math.max(0, last - Math.floor(WARM_BYTES / this.entryBytes));
    if (!beyond(firstWarm)) return bisect(firstWarm, last, beyond);
    if (beyond(0)) return -1;
    return bisect(0, firstWarm, beyond);
  }

  [Symbol.dispose](): void {
    this.#mapping?.[Symbol.dispose]();
    this.#mapping = null;
    this.#file[Symbol.dispose]();
  }

  #map(entries: number): void {
    this.#mapping?.[Symbol.dispose]();
    this.#mapping = null;
    this.#room = entries;
    // A mapping of no bytes is refused (EINVAL, mmap(2)).
    if (entries > 0) this.#mapping = Mapping.ofFile(this.#file.fd, 0, entries * this.entryBytes, true);
  }
}

/** The last entry from `low` to `high` that is not beyond; `low` is not. */
function bisect(low: number, high: number, beyond: (entry: number) => boolean): number {
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (beyond(middle)) high = middle - 1;
    else low = middle;
  }
  return low;
}
