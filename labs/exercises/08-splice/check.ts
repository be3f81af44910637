/** Exercise 8: splice through a pipe, the call that sendfile is made of. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'File to pipe to socket with splice',
  article: '/splice/',
  starterFails: 'bytes-missing',
  hints: [
    'splice(2) returns how many bytes it moved, on both sides. What spliceOut did not move is still in the pipe.',
    'Empty the pipe before you fill it again: an inner loop that goes on until all that went in has come out.',
    'A pipe that is full makes spliceIn wait for somebody who reads, and that would have to be you.',
    '-EINTR: make the same call again, in both loops.',
  ],
  task: {
    kind: 'send',
    function: 'send',
    constantMemory: true,
    cases: [
      { bytes: 50_003 },
      { bytes: 30_011, faults: 'short' },
      { bytes: 1_000_003, faults: 'short' },
      { bytes: 0 },
      { bytes: 1 },
      { bytes: 300_007, faults: 'interrupted' },
      { bytes: 500_009, receiver: 'slow', sendBuffer: 4096 },
      { bytes: 33_554_432, receiver: 'leaves', sendBuffer: 65_536 },
    ],
    mechanism: { ways: [['splice']], sharesPages: true },
  },
});
