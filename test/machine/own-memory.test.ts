import { expect, test } from 'vitest';
import { ownMemory } from '#machine/own-memory.ts';

test('ownMemory() reads resident size and page tables, and reads them of this process', () => {
  expect(ownMemory('VmPeak:\t 100 kB\nVmRSS:\t   14336 kB\nVmPTE:\t     72 kB\n')).toEqual({
    resident: 14 * 2 ** 20,
    tables: 72 * 1024,
  });
  expect(ownMemory().resident).toBeGreaterThan(2 ** 20);
  expect(ownMemory().tables).toBeGreaterThan(0);
});
