/** Exercise 1: what a copying loop costs in calls, predicted, then counted on a real loop. */
import { defineExercise } from '#learn/exercise.ts';

export const exercise = defineExercise({
  title: 'Predict the calls of a copying loop, then count them',
  article: '/switches/',
  starterFails: 'prediction-differs',
  hints: [
    'Take a file of 10 bytes and a buffer of 4, and write down every call with what it returns. When does the loop know that it is done?',
    'read(2) says 0 at the end of the file, and only then. The last read brings nothing, and it is a call all the same.',
    'Each full buffer takes as many writes as the receiver needs for it: Math.ceil(bufferBytes / takesBytes). No write goes over the border of two buffers.',
    'Full buffers, then what is left of the file: Math.floor(fileBytes / bufferBytes) and fileBytes % bufferBytes. What is left may be nothing.',
  ],
  task: {
    kind: 'predict-calls',
    function: 'predict',
    examples: [
      { fileBytes: 131_072, bufferBytes: 65_536, takesBytes: 65_536, reads: 3, writes: 2 },
      { fileBytes: 65_536, bufferBytes: 16_384, takesBytes: 65_536, reads: 5, writes: 4 },
    ],
    copies: [
      { fileBytes: 300_000, bufferBytes: 65_536, takesBytes: 65_536 },
      { fileBytes: 0, bufferBytes: 65_536, takesBytes: 65_536 },
      { fileBytes: 1, bufferBytes: 65_536, takesBytes: 65_536 },
      { fileBytes: 1_048_576, bufferBytes: 262_144, takesBytes: 65_536 },
      { fileBytes: 1_000_003, bufferBytes: 150_000, takesBytes: 131_072 },
      { fileBytes: 65_535, bufferBytes: 65_536, takesBytes: 65_536 },
    ],
  },
});
