import { expect, test } from 'vitest';
import { countCalls } from '#proof/calls/file-calls.ts';

const trace = [
  '100 read(20</run-1/source.bin>, ""..., 65536) = 65536',
  '100 read(20</run-1/source.bin>,  <unfinished ...>',
  '101 write(21</run-1/copy-0.bin>, ""..., 65536 <unfinished ...>',
  '100 <... read resumed>""..., 65536) = 65536',
  '101 <... write resumed>) = 65536',
  '100 read(3</lib/libc.so.6>, ""..., 832) = 832',
  '100 copy_file_range(20</run-1/source.bin>, [0], 21</run-1/copy-0.bin>, [0], 9, 0) = 9',
  '100 mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 5</run-1/other-source.bin>, 0) = 0x7f00',
  '',
];

test('countCalls() counts calls on the named files, and half a call once', () => {
  const names = ['source.bin', 'copy-0.bin'];
  expect(countCalls(trace.join('\n'), names)).toEqual({ read: 2, write: 1, copy_file_range: 1 });
  expect(countCalls('', names)).toEqual({});
});
