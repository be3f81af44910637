/** What the choices rest on, as far as it is the same on every machine. */
import { expect, test } from 'vitest';
import { countCandidates } from '#learn/answers/count-candidates.ts';
import { withBench } from '#learn/bench.ts';

test('countCandidates() counts calls, and the bytes that an overwrite changes', async () => {
  const situations = ['static-file', 'tiny-files', 'index-lookups'];
  const counted = await withBench((bench) => countCandidates(situations, bench));
  expect(counted.map(({ technique, calls, overwrite }) => [technique, calls, overwrite])).toEqual([
    ['read-write', 2, 0],
    ['mmap-write', 2, 0],
    ['sendfile', 1, 40_003],
    ['read-write', 40, 0],
    ['mmap-write', 40, 0],
    ['sendfile', 20, 2000],
    ['splice', 60, 2000],
    ['pread', 1000, 0],
    ['mapping', 2, 0],
  ]);
  // By strace, or by the overwrite where nothing may be traced: the same bytes.
  expect(counted.map(({ references }) => references)).toEqual(counted.map(({ overwrite }) => overwrite));
});
