import { expect, test } from 'vitest';
import { countMapped } from '../../../labs/kafka/mapped-files.ts';

const maps = `7f10-7f20 rw-s 00000000 fe:00 11 /data/a-0/00000000000000000000.index
7f20-7f30 rw-s 00001000 fe:00 11 /data/a-0/00000000000000000000.index
7f30-7f40 rw-s 00000000 fe:00 12 /data/a-0/00000000000000000000.timeindex
7f40-7f50 r--s 00000000 fe:00 13 /data/a-0/00000000000000000000.log
7f50-7f60 rw-s 00000000 fe:00 14 /data/a-01/00000000000000000000.index
7f60-7f70 r-xp 00000000 fe:00 15 /usr/lib/libc.so.6
7f70-7f80 rw-p 00000000 00:00 0 [heap]
`;

test('countMapped() counts each file of the folder once, indexes and logs apart', () => {
  expect(countMapped(maps, '/data/a-0')).toEqual({ indexes: 2, logs: 1 });
  expect(countMapped(maps, '/data/b-0')).toEqual({ indexes: 0, logs: 0 });
});
