/** Exercise 4: a range by sendfile, near the end of the file, beyond 2 GiB, and longer than one call can carry. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Send a range, more than 2 GiB away',
  article: '/sendfile/',
  starterFails: 'bytes-extra',
  hints: [
    'The end of the range is offset + count. Stop there, not where the file stops.',
    'After each call less is left to ask for. cell.get() says how far the kernel has come.',
    'Numbers of JavaScript are exact up to 2 ** 53; the operators |, &, >> and ~ cut them to 32 bits. Do not use them on offsets.',
    'while (cell.get() < end), ask for end - cell.get().',
  ],
  task: {
    kind: 'send',
    function: 'sendRange',
    constantMemory: true,
    cases: [
      { bytes: 100_003, range: { offset: 1, count: 50_000 } },
      { bytes: 1_000_003, range: { offset: 4097, count: 900_001 }, faults: 'short' },
      { bytes: 300_007, range: { offset: 100_000, count: 200_007 }, faults: 'interrupted' },
      { bytes: 10_000, range: { offset: 5000, count: 0 } },
      { bytes: 10_000, range: { offset: 9999, count: 1 } },
      { bytes: 33_554_432, range: { offset: 3, count: 33_000_000 }, receiver: 'leaves', sendBuffer: 65_536 },
      {
        bytes: 2_300_000_123,
        range: { offset: 2_200_000_001, count: 1_000_003 },
        dataAround: [52_516_353, 2_200_000_001, 2_201_000_004],
      },
      {
        bytes: 2_415_919_111,
        range: { offset: 100_000_001, count: 2_200_000_009 },
        dataAround: [100_000_001, 2 ** 31, 2_247_479_553, 2_300_000_010],
      },
    ],
    mechanism: { ways: [['sendfile']], sharesPages: true, range: true },
  },
});
