import { expect, test } from 'vitest';
import { countSyncs } from '../../../labs/kafka/syncs.ts';

const lines = [
  '10 fsync(90</d/t-0/00000000000000000000.log>) = 0',
  '10 fsync(91</d/t-0/00000000000000000000.index>) = 0',
  '11 fdatasync(92</d/t-0/00000000000000004096.log> <unfinished ...>',
  '10 fsync(93</d/__cluster_metadata-0/00000000000000000000.log>) = 0',
  '11 <... fdatasync resumed>) = 0',
  '10 msync(0x7f10, 4096, MS_SYNC) = 0',
];

test('countSyncs() counts those of one topic and one kind of file, one that was cut in two once', () => {
  expect(countSyncs(lines, 't', '.log')).toBe(2);
  expect(countSyncs(lines, 't', '.index')).toBe(1);
  expect(countSyncs(lines, 'u', '.log')).toBe(0);
});
