/** Exercise 5: whose bytes a receiver gets, found out by overwriting the file while they wait. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Show that the page is shared',
  article: '/changed-bytes/',
  starterFails: 'evidence-differs',
  hints: [
    'Nobody receives before your function does: what was sent waits in the queue of the socket. That is when to change the file.',
    'open(path, O_RDWR) and pwrite change the pages that the file has. Opening it anew with O_TRUNC, or renaming another file over it, gives it other pages.',
    'A way may copy one part and share another, so one byte is no evidence for the rest: overwrite all, receive all, compare all.',
    'transfer(); then fill a Mapping.anonymous with anything but A and pwrite it over the file; then read the socket until 0, counting the bytes that are not A.',
  ],
  task: { kind: 'shared-pages', function: 'changedBytes', bytes: 40_003, examples: ['sendfile', 'read-write'] },
});
