/** Exercise 13: the transfer of the articles, in TypeScript: right for every file that anybody tries, and silent when it is not. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Find the bug: 3 GiB that stop at 2,147,479,552 bytes',
  article: '/java/',
  starterFails: 'bytes-missing',
  hints: [
    'Nothing failed: no call said an error. Which number says how much really went, and who looks at it?',
    'sendfile(2), NOTES: one call moves at most 0x7ffff000 bytes. transferTo of Java is built on it, and returns a number too.',
    'Go on where the call stopped. The cell knows where that is.',
    'Until cell.get() is the size; -EINTR moves nothing, and is no reason to stop.',
  ],
  task: {
    kind: 'send',
    function: 'send',
    constantMemory: true,
    largeFirst: true,
    cases: [
      { bytes: 3_221_225_472, dataAround: [0, 0x7ffff000, 2 ** 31, 3_221_225_472] },
      { bytes: 1_000_003, faults: 'short' },
      { bytes: 100_003 },
      { bytes: 0 },
      { bytes: 300_007, faults: 'interrupted' },
      { bytes: 500_009, receiver: 'slow', sendBuffer: 4096 },
      { bytes: 33_554_432, receiver: 'leaves', sendBuffer: 65_536 },
    ],
    mechanism: { ways: [['sendfile']], sharesPages: true, faults: 'short-reference' },
  },
});
