import { expect, test } from 'vitest';
import { Mapping } from '#libc';
import { freeMemory, listedPages, queuedInTcp } from '#machine/free-memory.ts';

const zoneinfo = `Node 0, zone   Normal
  pages free     4000000
        high     32
  pagesets
    cpu: 0
              count:    1200
              high:     2840
              batch:    63
  vm stats threshold: 60
    cpu: 1
              count:    34
              high:     2840
  node_unreclaimable:  0
`;

test('listedPages() adds up the lists of all CPUs, and nothing else', () => {
  expect(listedPages(zoneinfo)).toBe(1234);
  expect(listedPages('')).toBe(0);
});

test('queuedInTcp() reads pages', () => {
  const sockstat = 'sockets: used 9\nTCP: inuse 2 orphan 0 tw 0 alloc 2 mem 3\nUDP: inuse 0 mem 7';
  expect(queuedInTcp(sockstat) % 3).toBe(0);
  expect(queuedInTcp(sockstat)).toBeGreaterThanOrEqual(3 * 4096);
  expect(queuedInTcp('')).toBe(0);
});

test('freeMemory() falls by what is taken', () => {
  const bytes = 256 * 2 ** 20;
  const sum = () => Object.values(freeMemory()).reduce((all, one) => all + one, 0);
  const before = sum();
  using memory = Mapping.anonymous(bytes);
  memory.view().fill(1);
  // Others take and give as well: a quarter is left to them.
  expect(before - sum()).toBeGreaterThan(bytes * 0.75);
});
