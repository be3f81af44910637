import type { Part } from './arguments.ts';

/** A file, or a part of it, that a process has mapped. Addresses and lengths in bytes. */
export interface MappedFile {
  readonly path: string;
  readonly address: number;
  readonly length: number;
  /** Where in the file the mapping begins, bytes. */
  readonly offset: number;
  /** Number of the mmap call in the trace: the line on which it ended; 0 where it was mapped before. */
  readonly id: number;
}

/** Looks into files; tests pass their own. Bytes as a latin1 string, null when the file cannot be read. */
export interface FileLook {
  read(path: string, offset: number, bytes: number): string | null;
  /** Offset at which `head` first lies in the range, -1 when nowhere, null when the file cannot be searched. */
  search(path: string, head: string, from: number, to: number): number | null;
}

/** A head shorter than that may lie anywhere. Bytes. */
const TELLING = 16;

/** A match: `bytes` of what was asked for lie in this mapping from `offset` of its file. */
export interface FoundMapping {
  readonly mapping: MappedFile;
  readonly bytes: number;
  take(bytes: number): void;
}

/**
 * The files that a process has mapped. strace prints either where a write's bytes lie or how they begin; it is asked for
 * the latter, and a write from a mapping is known by looking into the mapped file: where the write before ended, at the
 * start, or anywhere. Programs and libraries, which are mapped to be executed, are left out.
 */
export class MappedFiles {
  readonly #look: FileLook;
  #mapped: MappedFile[];
  /** Offsets at which the next write is expected, by path and place. */
  #next: Map<string, number>;
  #programs: Set<string>;

  constructor(look: FileLook, from?: MappedFiles) {
    this.#look = look;
    this.#mapped = [...(from ? from.#mapped : [])];
    this.#next = new Map(from ? from.#next : []);
    this.#programs = new Set(from ? from.#programs : []);
  }

  fork(): MappedFiles {
    return new MappedFiles(this.#look, this);
  }

  map(mapping: MappedFile, executable: boolean): void {
    this.unmap(mapping.address, mapping.length, mapping.id);
    if (executable) this.#programs.add(mapping.path);
    this.#mapped.push(mapping);
  }

  /**
   * @param begun line on which it began: what was mapped later at these addresses, by another thread whose line came
   *   first, stays
   */
  unmap(address: number, length: number, begun: number): void {
    const gone = (one: MappedFile) => one.id < begun && one.address >= address && one.address < address + length;
    this.#mapped = this.#mapped.filter((one) => !gone(one));
  }

  /** Looks for what a write of `part` to `place` sends; null: nothing that is mapped, or nobody can tell. */
  find({ head, bytes: asked }: Part, place: string): FoundMapping | null {
    if (head === null || head === '') return null;
    for (const mapping of this.#mapped) {
      if (this.#programs.has(mapping.path)) continue;
      const offset = this.#offsetIn(mapping, head, place);
      if (offset === null) continue;
      const key = `${mapping.path}\n${place}`;
      const bytes = Math.min(asked, mapping.offset + mapping.length - offset);
      return { mapping, bytes, take: (taken) => this.#next.set(key, offset + Math.min(taken, bytes)) };
    }
    return null;
  }

  #offsetIn(mapping: MappedFile, head: string, place: string): number | null {
    const { path, offset, length } = mapping;
    const end = offset + length;
    for (const at of [this.#next.get(`${path}\n${place}`), offset]) {
      if (at === undefined || at < offset || at >= end) continue;
      if (this.#look.read(path, at, Math.min(head.length, end - at)) === head) return at;
    }
    if (head.length < TELLING) return null;
    const found = this.#look.search(path, head, offset, end);
    return found === null || found < 0 ? null : found;
  }
}
