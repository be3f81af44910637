/** Exercise 15: the fetch path of a broker: a head, and a slice of a segment by sendfile, judged with the real kcat. */
import { defineExercise } from '#learn/exercise.ts';

/** Batches of ten records of about 1 KiB. */
const batches = (count: number) => Array.from({ length: count }, (_, at) => ({ records: 10, valueBytes: 1000 + at }));

export const exercise = defineExercise({
  title: 'Answer a Kafka Fetch by sendfile',
  article: '/kafka/with-and-without/',
  starterFails: 'bytes-missing',
  hints: [
    'First the head: size, correlation id, fields, length of the records. The size is the length of the head without its own 4 bytes, and the slice.',
    'MSG_MORE keeps the head back until the slice comes. When fetch.bytes is 0, nothing comes: then leave it out.',
    'The cell of sendfile begins at fetch.position, and you are done when it has come to fetch.position + fetch.bytes. Ask for no more than what is left: behind the slice lie other records.',
    'The socket does not block. When send or sendfile says -EAGAIN, waitFor(socket, POLLOUT, -1) and call it again; -EINTR needs no wait; anything else below 0 is an error that your caller must learn of.',
  ],
  task: {
    kind: 'fetch',
    function: 'answerFetch',
    tools: new URL('../broker/fetch.ts', import.meta.url).href,
    cases: [
      {
        batches: [...batches(40), { records: 1, valueBytes: 0 }],
        requests: [
          { offset: 0, maxBytes: 50_000 },
          { offset: 123, maxBytes: 1 },
          { offset: 200, maxBytes: 100_001 },
          { offset: 400, maxBytes: 1000 },
          { offset: 401, maxBytes: 1000 },
          { offset: 399, maxBytes: 2 ** 20 },
        ],
      },
      { batches: batches(40), requests: [{ offset: 55, maxBytes: 300_007 }], faults: 'short' },
      { batches: batches(40), requests: [{ offset: 55, maxBytes: 300_007 }], faults: 'interrupted' },
      {
        batches: batches(400),
        requests: [
          { offset: 15, maxBytes: 4_000_000 },
          { offset: 33, maxBytes: 70_000 },
        ],
        receiver: 'late',
      },
      {
        batches: Array.from({ length: 16 }, () => ({ records: 1, valueBytes: 1_000_000 })),
        requests: [{ offset: 1, maxBytes: 2 ** 30 }],
        receiver: 'leaves',
      },
    ],
  },
});
