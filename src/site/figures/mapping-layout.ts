/** Where everything of a mapping's drawing stands: an address space on each side, the pages of the page cache between them. */
import { entriesOf, type MappedFile, type PageEntry, pagesInMemory } from '#model/layouts/mapping.ts';

export const MAPPING_WIDTH = 320;
export const PAGE_BOX = { width: 84, height: 34 };
const TOP = 44;
const STEP = 58;
const columns = { left: 4, middle: 118, right: MAPPING_WIDTH - PAGE_BOX.width - 4 };

/** A page in an address space, or in the page cache. */
export interface DrawnPage<State> {
  readonly x: number;
  readonly y: number;
  readonly words: string;
  readonly state: State;
}

type Cached = 'cached' | 'on disk';

export interface DrawnLink {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

export interface MappingDrawing {
  readonly spaces: readonly {
    readonly program: string;
    readonly x: number;
    readonly pages: readonly DrawnPage<PageEntry['state']>[];
  }[];
  readonly cache: { readonly x: number; readonly pages: readonly DrawnPage<Cached>[] };
  /** From an address to the page that it leads to. */
  readonly links: readonly DrawnLink[];
  readonly height: number;
}

/** @throws {RangeError} when it is not two programs that have the file mapped */
export function drawMapping(file: MappedFile): MappingDrawing {
  if (file.by.length !== 2) throw new RangeError(`Cannot draw ${file.by.length} address spaces: expected two`);
  const inMemory = new Set(pagesInMemory(file));
  const y = (page: number) => TOP + page * STEP;
  const spaces = file.by.map((by, index) => {
    const x = index === 0 ? columns.left : columns.right;
    const pages = entriesOf(file, by).map(({ page, address, state }) => ({
      x,
      y: y(page),
      words: hexadecimal(address),
      state,
    }));
    return { program: by.program, x, pages };
  });
  const pages = Array.from({ length: file.pages }, (_, page): DrawnPage<Cached> => {
    return { x: columns.middle, y: y(page), words: `page ${page}`, state: inMemory.has(page) ? 'cached' : 'on disk' };
  });
  const links = spaces.flatMap(({ x, pages }) =>
    pages
      .filter(({ state }) => state === 'page')
      .map(({ y }) => ({
        from: x < columns.middle ? x + PAGE_BOX.width : x,
        to: x < columns.middle ? columns.middle : columns.middle + PAGE_BOX.width,
        y: y + PAGE_BOX.height / 2,
      })),
  );
  return { spaces, cache: { x: columns.middle, pages }, links, height: y(file.pages - 1) + PAGE_BOX.height + 20 };
}

/** `0x7f3c 2000`: the last four digits apart, so that pages can be told from each other. */
export function hexadecimal(address: number): string {
  const digits = address.toString(16);
  return `0x${digits.slice(0, -4)} ${digits.slice(-4)}`;
}

/** What stands under the box of a page in an address space. */
export const stateWords: Readonly<Record<PageEntry['state'], string>> = {
  page: 'leads to the page',
  'no entry': 'fault at first use',
  'on disk': 'fault, then disk',
};
