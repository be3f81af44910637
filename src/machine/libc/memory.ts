/** Mappings: mmap(2), munmap(2), madvise(2), mincore(2). Addresses are numbers, lengths are bytes. */
import { fstatSync } from 'node:fs';
import { check, SyscallError } from './errno.ts';
import { bind, errno, viewOf } from './load.ts';

type Mmap = (address: number, length: number, protection: number, flags: number, fd: number, offset: number) => number;

const mmap = bind<Mmap>('mmap', 'pointer', ['pointer', 'size_t', 'int', 'int', 'int', 'offset']);
const munmap = bind<(address: number, length: number) => number>('munmap', 'int', ['pointer', 'size_t']);
const madvise = bind<(address: number, length: number, advice: number) => number>('madvise', 'int', [
  'pointer',
  'size_t',
  'int',
]);
const mincore = bind<(address: number, length: number, vector: number) => number>('mincore', 'int', [
  'pointer',
  'size_t',
  'pointer',
]);
const memchr = bind<(address: number, byte: number, length: number) => number>('memchr', 'pointer', [
  'pointer',
  'int',
  'size_t',
]);
const sysconf = bind<(name: number) => number>('sysconf', 'long', ['int']);

const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
const MAP_PRIVATE = 2;
const MAP_ANONYMOUS = 0x20;
/** _SC_PAGESIZE of glibc and musl on Linux, sysconf(3). */
const SC_PAGESIZE = 30;

let cachedPageSize = 0;

/** Bytes in a page of this machine: 4096 on x86-64, up to 65536 on arm64. */
export function pageSize(): number {
  cachedPageSize ||= sysconf(SC_PAGESIZE);
  return cachedPageSize;
}

/** Advice values of madvise(2). */
export const advice = { normal: 0, random: 1, sequential: 2, willNeed: 3, dontNeed: 4, populateRead: 22 } as const;

/** Enters every page at once, mmap(2); a page that is not in memory is read first. */
export const MAP_POPULATE = 0x8000;

/**
 * Bare mmap(2), for a loop that maps inside a measured sample and must not create an object.
 * @param hint where to map it if there is room (mapping-place.ts); 0: where the kernel likes
 * @param flags beside MAP_SHARED
 * @returns the address, or a negative errno. MAP_FAILED is the largest pointer there is, not null.
 */
export function mapFile(fd: number, offset: number, length: number, hint = 0, flags = 0): number {
  const address = mmap(hint, length, PROT_READ, MAP_SHARED | flags, fd, offset);
  return isFailed(address) ? -errno() : address;
}

/** Bare munmap(2). @returns 0, or a negative errno */
export function unmap(address: number, length: number): number {
  return munmap(address, length) === 0 ? 0 : -errno();
}

/**
 * Looks for a byte from `address` on, without a view: memchr(3), for a loop that scans inside a measured sample.
 * @returns its distance from `address`, or -1 when it is not among the `length` bytes
 */
export function findByte(address: number, length: number, byte: number): number {
  const found = memchr(address, byte, length);
  return found === 0 ? -1 : found - address;
}

/** A mapping that is unmapped once. Use with `using`. */
export class Mapping implements Disposable {
  readonly address: number;
  readonly length: number;
  #view: Buffer | undefined;
  #mapped = true;

  constructor(address: number, length: number) {
    this.address = address;
    this.length = length;
  }

  /** Private memory of this process, page-aligned and zeroed: the buffers that transfers read into. */
  static anonymous(length: number): Mapping {
    return make(mmap(0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), length);
  }

  /** `length` bytes of a file from `offset` (a multiple of the page size), shared with the page cache. */
  static ofFile(fd: number, offset: number, length: number, writable = false): Mapping {
    const protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    return make(mmap(0, length, protection, MAP_SHARED, fd, offset), length);
  }

  /**
   * The mapped bytes. The first call costs microseconds; later ones return the same view, which is valid until the
   * mapping is disposed of.
   */
  view(): Buffer {
    if (!this.#mapped) throw new Error('Cannot look at a mapping: it is unmapped');
    this.#view ??= Buffer.from(viewOf(this.address, this.length));
    return this.#view;
  }

  /** madvise(2) over the whole mapping. @throws {SyscallError} */
  advise(value: number): void {
    check('madvise', madvise(this.address, this.length, value));
  }

  [Symbol.dispose](): void {
    if (!this.#mapped) return;
    this.#mapped = false;
    this.#view = undefined;
    check('munmap', munmap(this.address, this.length));
  }
}

/**
 * How many pages of a part of the file are in the page cache, by mincore(2), which works on every kernel. A process that
 * may not write the file is told that everything is resident (Linux 5.2, mincore(2)): ask about files of your own.
 * @param offset where the part begins, in bytes; a page that it touches counts
 * @param length bytes of it, at most to the end of the file
 */
export function residentPages(fd: number, offset = 0, length = Number.POSITIVE_INFINITY): number {
  const begin = Math.floor(offset / pageSize()) * pageSize();
  const end = Math.min(fstatSync(fd).size, offset + length);
  if (end <= begin) return 0;
  const pages = Math.ceil((end - begin) / pageSize());
  using file = Mapping.ofFile(fd, begin, end - begin);
  using vector = Mapping.anonymous(pages);
  check('mincore', mincore(file.address, end - begin, vector.address));
  let resident = 0;
  for (const page of vector.view()) resident += page & 1;
  return resident;
}

function isFailed(address: number | bigint): boolean {
  return typeof address === 'bigint' || address > Number.MAX_SAFE_INTEGER;
}

function make(address: number, length: number): Mapping {
  if (isFailed(address)) throw new SyscallError('mmap', errno(), `${length} bytes`);
  return new Mapping(address, length);
}
