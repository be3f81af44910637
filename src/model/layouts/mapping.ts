/** One file that several programs have mapped: whose addresses lead to which page of the page cache. */

/** Bytes of a page, as on x86-64 and on most arm64. */
export const PAGE_BYTES = 4096;

export interface MappedBy {
  readonly program: string;
  /** Where its mapping begins in its own address space. */
  readonly start: number;
  /** Pages of the file that it has used, and so has entries for in its page table. */
  readonly used: readonly number[];
}

export interface MappedFile {
  readonly pages: number;
  readonly by: readonly MappedBy[];
  /** Pages that are in memory because somebody read them before. */
  readonly cached: readonly number[];
}

export interface PageEntry {
  readonly page: number;
  readonly address: number;
  /** `page`: the address leads to the page. `no entry`: the first use is a page fault. `on disk`: that fault also waits for the disk. */
  readonly state: 'page' | 'no entry' | 'on disk';
}

/** Every page of a program's mapping. @throws {RangeError} when it has used a page that the file has not */
export function entriesOf(file: MappedFile, { program, start, used }: MappedBy): PageEntry[] {
  const beyond = used.find((page) => page < 0 || page >= file.pages);
  if (beyond !== undefined) {
    throw new RangeError(`Cannot map page ${beyond} for ${program}: the file has pages 0 to ${file.pages - 1}`);
  }
  const inMemory = new Set(pagesInMemory(file));
  return Array.from({ length: file.pages }, (_, page) => {
    const state = used.includes(page) ? 'page' : inMemory.has(page) ? 'no entry' : 'on disk';
    return { page, address: start + page * PAGE_BYTES, state };
  });
}

/** Pages of the file that take up memory: once each, however many programs have mapped them. */
export function pagesInMemory({ pages, by, cached }: MappedFile): number[] {
  const held = new Set([...cached, ...by.flatMap(({ used }) => used)]);
  return Array.from({ length: pages }, (_, page) => page).filter((page) => held.has(page));
}

/** What `top` shows as resident for one program's part of the file, bytes. */
export function residentBytes({ used }: MappedBy): number {
  return new Set(used).size * PAGE_BYTES;
}
