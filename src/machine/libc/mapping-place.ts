/** A place in the address space for mappings that come and go inside a measured sample. */
import { check } from './errno.ts';
import { Mapping, unmap } from './memory.ts';

/** What one page of page-table entries covers on machines with 4 KiB pages. */
const TABLE_BYTES = 2 ** 21;
/** What stays reserved below the place: a whole page also where pages have 64 KiB. */
const KEPT_BYTES = 2 ** 16;

/**
 * A hole of nearly 2 MiB whose page table stays. Where the kernel chooses, the layout of the process decides whether a
 * mapping has neighbours in its 2 MiB; without any, each mmap(2) makes a page table and each munmap(2) frees it, which
 * takes 3 to 4 µs more, in C as well. A comparison of programs must not rest on that. Use with `using`.
 */
export class MappingPlace implements Disposable {
  /** The hint for mapFile(). It is honoured for as long as nobody else maps into the hole. */
  readonly address: number;
  readonly #below: Mapping;

  constructor() {
    const reserved = Mapping.anonymous(2 * TABLE_BYTES);
    const table = Math.ceil(reserved.address / TABLE_BYTES) * TABLE_BYTES;
    this.address = table + KEPT_BYTES;
    // The hole, and everything above it; what is below stays.
    check('munmap', unmap(this.address, reserved.address + reserved.length - this.address));
    this.#below = new Mapping(reserved.address, this.address - reserved.address);
  }

  [Symbol.dispose](): void {
    this.#below[Symbol.dispose]();
  }
}
