/** Exercise 16: no code, but a judgement: which technique, and which count speaks for it. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Choose, and say by what count',
  article: '/counting-copies/',
  starterFails: 'choice-not-best',
  hints: [
    'No technique is the best. Ask of each situation what must not happen, then in which of the five counts that would be seen.',
    'Few bytes make calls dear, and many make copies dear. A mapping saves calls and pays in faults. A reference to a page is no copy, and so it changes with the file.',
    'Three situations are about sending: count references, calls and an overwrite. Three are about a program that looks at the bytes itself: count calls, faults and memory.',
    'tiny-files turns on calls, file-rewritten on an overwrite, index-lookups on calls, checksum on faults, upper-case on memory.',
  ],
  task: {
    kind: 'choice',
    answers: 'answers',
    decides: {
      'static-file': 'references',
      'tiny-files': 'calls',
      'file-rewritten': 'overwrite',
      'index-lookups': 'calls',
      checksum: 'faults',
      'upper-case': 'memory',
    },
    examples: ['static-file'],
  },
});
