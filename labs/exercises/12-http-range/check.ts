/** Exercise 12: HTTP range requests, as RFC 9110 has them, answered by sendfile and judged with the real curl. */
import { defineExercise } from '#learn/exercise.ts';
import { byCurl } from '#learn/http/http-task.ts';

export const exercise = defineExercise({
  title: 'Answer HTTP range requests by sendfile',
  article: '/sendfile/',
  starterFails: 'http-status',
  hints: [
    'curl --range 0-99 sends the line Range: bytes=0-99. Find that line in the head of the request; without it everything is as it was.',
    'Three forms: first-last, first- and -count. The last place belongs to the range, and may lie behind the end of the file.',
    '206 needs two more lines: Content-Range: bytes FIRST-LAST/SIZE, and a Content-Length that is the length of the range.',
    'A range that begins at or behind the end cannot be satisfied: 416, Content-Range: bytes */SIZE, and no body.',
  ],
  task: {
    kind: 'http',
    function: 'answer',
    cases: [
      {
        bytes: 100_003,
        requests: byCurl(null, '0-0', '500-999', '100000-', '-500', '99990-200000', '-200000', '100003-'),
      },
      { bytes: 0, requests: byCurl(null, '0-') },
      { bytes: 10_000, requests: [{ range: '1000-1999', by: 'parts' }] },
      { bytes: 300_007, requests: byCurl('1000-250000'), faults: 'short' },
      { bytes: 300_007, requests: byCurl('5-'), faults: 'interrupted' },
      { bytes: 33_554_432, requests: [{ range: '3-', by: 'leaves' }, ...byCurl('7-9')] },
      {
        bytes: 2_415_919_111,
        requests: byCurl('2147483000-2147484000', '-1000'),
        dataAround: [2 ** 31, 2_415_919_111],
      },
    ],
  },
});
