/** Exercise 11: a server's loop over sockets that do not block, in which nobody waits for a slow client or for the disk. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'A server that waits for nobody',
  article: '/cold-pages/',
  starterFails: 'starved',
  hints: [
    'One client after the other cannot do: whoever comes behind a slow one waits. Give everybody a step at a time, and keep each one’s offset.',
    'PollSet watches all sockets in one call. Watch only those that still want something, for POLLOUT, and give a step to those that poll names.',
    'sendfile waits for pages that are not in memory, whatever the socket says: O_NONBLOCK is about the socket. residentPages(fd, offset, count) tells how many are there.',
    'Send in pieces of 64 KiB. When a piece is not all in memory, fadvise(fd, fileAdvice.willNeed, offset, count), leave that client out of the set, and wait a few milliseconds at most.',
  ],
  task: {
    kind: 'serve',
    function: 'serve',
    cases: [
      { clients: [{ bytes: 10_003 }, { bytes: 0 }, { bytes: 1 }, { bytes: 20_011 }] },
      { clients: [{ bytes: 3_000_017 }, { bytes: 33_554_432, receiver: 'stalls' }, { bytes: 2_000_003 }] },
      { clients: [{ bytes: 33_554_432, receiver: 'leaves' }, { bytes: 3_000_017 }] },
      { clients: [{ bytes: 1_000_003 }, { bytes: 300_007 }], faults: 'short' },
      { clients: [{ bytes: 300_007 }, { bytes: 500_009 }], faults: 'interrupted' },
      { clients: [{ bytes: 1_500_001, cold: true }, { bytes: 3_000_017 }, { bytes: 1_000_003 }], faults: 'odd-offset' },
    ],
  },
});
