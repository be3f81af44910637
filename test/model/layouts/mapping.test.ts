import { expect, test } from 'vitest';
import { entriesOf, type MappedFile, PAGE_BYTES, pagesInMemory, residentBytes } from '#model/layouts/mapping.ts';

const one = { program: 'one', start: 0x1000, used: [0, 1] };
const other = { program: 'other', start: 0x9000, used: [1] };
const file: MappedFile = { pages: 4, by: [one, other], cached: [2] };

test('entriesOf() says which addresses lead to a page, which fault, and which wait for the disk', () => {
  expect(entriesOf(file, other)).toEqual([
    { page: 0, address: 0x9000, state: 'no entry' },
    { page: 1, address: 0xa000, state: 'page' },
    { page: 2, address: 0xb000, state: 'no entry' },
    { page: 3, address: 0xc000, state: 'on disk' },
  ]);
  expect(() => entriesOf(file, { ...one, used: [4] })).toThrow('Cannot map page 4 for one: the file has pages 0 to 3');
});

test('pages are in memory once, and resident in every program that used them', () => {
  expect(pagesInMemory(file)).toEqual([0, 1, 2]);
  expect(residentBytes(one) + residentBytes(other)).toBe(3 * PAGE_BYTES);
});
