/** Exercise 7: how a broker finds a message: binary search in an index that is mapped and never read. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Binary search in a mapped index',
  article: '/mmap/',
  starterFails: 'read-not-mapped',
  hints: [
    'Mapping.ofFile(file.fd, 0, size) puts the file into the address space; mapping.view() is a Buffer over it. Nothing is brought in before you look at it.',
    'A mapping of 0 bytes is EINVAL, and an empty index has no entry to find. And whoever maps must unmap: using.',
    'Keep two borders, low and high. Look at the entry in the middle: when its offset is at most the target, what you look for lies there or above, else below.',
    'let [low, high] = [0, count]; while (low < high), middle = (low + high) >>> 1; then low is the number of entries that are not above the target, and the answer is the position of entry low - 1.',
  ],
  task: {
    kind: 'index-lookup',
    function: 'lookup',
    example: {
      entries: [
        [5, 100],
        [9, 4200],
        [20, 8400],
      ],
      lookups: [
        { target: 9, position: 4200 },
        { target: 15, position: 4200 },
        { target: 20, position: 8400 },
      ],
    },
    sizes: [1, 0, 2, 3, 511, 512, 513, 5000],
    large: 1_310_720,
  },
});
