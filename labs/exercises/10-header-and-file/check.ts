/** Exercise 10: a header and a file in as few packets as they need, and the file by sendfile all the same. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Header plus file without a short packet',
  article: '/sendfile/',
  starterFails: 'short-packet',
  hints: [
    'Two calls, two packets: after the first the kernel has no reason to wait. Somebody must tell it that more follows.',
    'send(2) takes a flag for that, and tcp(7) has an option of the socket that does the same for every call until it is taken off.',
    'send(socket, address, count, MSG_MORE) keeps the header back until the next call brings the rest.',
    'Behind the header of an empty file nothing follows: saying so all the same makes it wait for 200 ms.',
  ],
  task: {
    kind: 'send',
    function: 'sendWithHeader',
    header: true,
    constantMemory: true,
    cases: [
      { bytes: 100_003 },
      { bytes: 1_000_003, faults: 'short' },
      { bytes: 0 },
      { bytes: 1 },
      { bytes: 300_007, faults: 'interrupted' },
      { bytes: 500_009, receiver: 'slow', sendBuffer: 4096 },
      { bytes: 33_554_432, receiver: 'leaves', sendBuffer: 65_536 },
    ],
    mechanism: { ways: [['sendfile']], sharesPages: true },
  },
});
