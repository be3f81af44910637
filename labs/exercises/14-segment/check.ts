/** Exercise 14: topics, partitions, offsets, by hand: a segment of a log, its index, and the way from an offset to a position. */
import { defineExercise } from '#learn/exercise.ts';
import { produceBatches } from '../broker/batches.ts';
import { readBack } from '../broker/read-back.ts';

/** So many batches, each with so many records, from a few bytes to some hundreds. */
function batches(count: number, records: (at: number) => number, valueBytes: (at: number) => number) {
  return Array.from({ length: count }, (_, at) => ({ records: records(at), valueBytes: valueBytes(at) }));
}

export const exercise = defineExercise({
  title: 'Lay out a segment, and find an offset in it',
  article: '/kafka/log/',
  starterFails: 'segment-name',
  hints: [
    'A batch says in its own header how long it is (batchLength at 8, and 12 bytes more) and how many offsets it takes (lastOffsetDelta at 23, and one more). With these two you go from batch to batch; the records need not be opened.',
    'writeBigInt64BE(BigInt(offset), at) puts a base offset in its place. Nothing else changes: the CRC begins behind it, so it stays right.',
    'For the index remember where the batch began that got the last entry. Another one is due when at - indexed > 4096: the last offset of this batch less the base offset, then at.',
    'To find: go over the entries while their offset is not above the one you look for, and begin at the position of the last of them, or at 0. Then read header after header until base offset + lastOffsetDelta is not below it.',
  ],
  task: {
    kind: 'segment',
    layOut: 'layOut',
    find: 'positionOf',
    example: {
      baseOffset: 4711,
      batches: batches(
        3,
        () => 1,
        () => 100,
      ),
    },
    hidden: [
      { baseOffset: 0, batches: [{ records: 1, valueBytes: 0 }] },
      {
        baseOffset: 4711,
        batches: batches(
          3,
          (at) => at + 2,
          () => 30,
        ),
      },
      {
        baseOffset: 60,
        batches: batches(
          90,
          () => 1,
          (at) => 100 + at,
        ),
      },
      {
        baseOffset: 9_000_000_000_000,
        batches: batches(
          300,
          (at) => 1 + (at % 7),
          (at) => 5 + ((at * 37) % 211),
        ),
      },
      {
        baseOffset: 12,
        batches: batches(
          6,
          () => 40,
          () => 200,
        ),
      },
    ],
    tools: { produce: (shapes) => produceBatches(shapes).bytes, readBack },
  },
});
