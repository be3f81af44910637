/** Exercise 3: a file by sendfile, with everything that sendfile may answer, and the positive proof that it was sendfile. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Send a file with sendfile',
  article: '/sendfile/',
  starterFails: 'bytes-missing',
  hints: [
    'sendfile(2) returns how many bytes were queued. That may be fewer than the file has, however much you ask for.',
    'The cell holds the offset. The kernel moves it on by what it sent, so you need not add anything up.',
    'At the end of the file sendfile returns 0: that is when to stop. An empty file says so at once.',
    '-EINTR is not the end: make the same call again. Other negative numbers are: throw new SyscallError(…).',
  ],
  task: {
    kind: 'send',
    function: 'send',
    constantMemory: true,
    cases: [
      { bytes: 100_003 },
      { bytes: 1_000_003, faults: 'short' },
      { bytes: 0 },
      { bytes: 1 },
      { bytes: 300_007, faults: 'interrupted' },
      { bytes: 500_009, receiver: 'slow', sendBuffer: 4096 },
      { bytes: 33_554_432, receiver: 'leaves', sendBuffer: 65_536 },
      { bytes: 2_415_919_111, dataAround: [0, 2 ** 30, 0x7ffff000, 2 ** 31, 2_415_919_111] },
    ],
    mechanism: { ways: [['sendfile']], sharesPages: true },
  },
});
