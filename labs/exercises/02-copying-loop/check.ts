/** Exercise 2: the loop that every other one is compared with. Sizes around the buffer, and everything a call may answer. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Write the copying loop right',
  article: '/read-and-write/',
  starterFails: 'bytes-differ',
  hints: [
    'write(2) returns how many bytes the socket took. Compare that with what you asked for.',
    'When the socket took less, the rest still lies in the buffer: it begins at buffer.address + what was taken.',
    '-EINTR means that a signal came first and nothing moved: make the same call again. Any other negative number ends the transfer: throw new SyscallError(call, -result).',
    'So there are two loops: the outer one reads until read() says 0, the inner one writes until everything that was read is gone.',
  ],
  task: {
    kind: 'send',
    function: 'send',
    constantMemory: true,
    cases: [
      { bytes: 100_003 },
      { bytes: 1_000_003, faults: 'short' },
      { bytes: 300_007, faults: 'interrupted' },
      { bytes: 0 },
      { bytes: 1 },
      { bytes: 65_536 },
      { bytes: 500_009, receiver: 'slow', sendBuffer: 4096 },
      { bytes: 33_554_432, receiver: 'leaves', sendBuffer: 65_536 },
    ],
    mechanism: {
      ways: [
        ['read', 'write'],
        ['pread', 'write'],
      ],
      sharesPages: false,
    },
  },
});
