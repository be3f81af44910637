/** Exercise 6: mmap and write. One copy less than read and write, and one more than sendfile. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Map a file and write it out',
  article: '/mmap/',
  starterFails: 'mappings-left',
  hints: [
    'A mapping stays until it is unmapped, also when the function ends. Declare it with using.',
    'write(2) may take less than the whole mapping. Go on at mapping.address + what went.',
    'mmap(2) refuses a length of 0. An empty file needs no mapping at all.',
    '-EINTR: make the same call again. Any other negative number: throw new SyscallError(…).',
  ],
  task: {
    kind: 'send',
    function: 'send',
    constantMemory: false,
    cases: [
      { bytes: 100_003 },
      { bytes: 1_000_003, faults: 'short' },
      { bytes: 0 },
      { bytes: 1 },
      { bytes: 4096 },
      { bytes: 300_007, faults: 'interrupted' },
      { bytes: 500_009, receiver: 'slow', sendBuffer: 4096 },
      { bytes: 33_554_432, receiver: 'leaves', sendBuffer: 65_536 },
    ],
    mechanism: { ways: [['mmap', 'write']], sharesPages: false },
  },
});
