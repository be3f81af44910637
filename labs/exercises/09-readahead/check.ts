/** Exercise 9: what the kernel reads that nobody asked for, predicted from the order of the reads and counted in the page cache. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Predict readahead, then prove it',
  article: '/page-cache/',
  starterFails: 'readahead-differs',
  hints: [
    'The kernel sees reads one by one. What tells it that the next one will probably follow on? And what that it is no use to guess?',
    'It reads ahead when a read begins where the last one ended, and at page 0, where most readers begin. Backwards is not sequential.',
    'FADV_RANDOM comes first: with it nothing is read that was not asked for.',
    'The proof: fadvise(file.fd, fileAdvice.dontNeed), then fadvise(file.fd, fileAdvice[advice]), then one pread of pageSize() bytes a page, then cachestat(file.fd).cached.',
  ],
  task: {
    kind: 'readahead',
    predict: 'predict',
    prove: 'prove',
    examples: [
      { pages: [0, 1, 2, 3, 4, 5, 6, 7], advice: 'normal' },
      { pages: [700, 90, 2000], advice: 'normal' },
    ],
  },
});
