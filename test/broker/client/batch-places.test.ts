import { expect, it } from 'vitest';
import { BatchPlaces } from '#broker/client/batch-places.ts';
import { batchOfBytes } from '#broker/client/make-batches.ts';

/** Batches as a broker stores them: offsets assigned. */
function stored(...sizes: readonly number[]): Buffer {
  let next = 0n;
  return Buffer.concat(
    sizes.map((bytes) => {
      const batch = batchOfBytes(bytes);
      batch.writeBigInt64BE(next);
      next += BigInt(batch.readInt32BE(57));
      return batch;
    }),
  );
}

it('knows where batches begin, and which of them a cut leaves whole', () => {
  const places = new BatchPlaces();
  const all = stored(300, 1000, 500);
  expect(places.take(all.subarray(0, 1500))).toBe(1300);
  expect([places.count, places.bytes]).toEqual([2, 1300]);
  expect(places.take(all.subarray(1300))).toBe(500);
  expect([0, 1, 2, 3].map((index) => places.positionOf(index))).toEqual([0, 300, 1300, 1800]);
  expect(places.offsetOf(0)).toBe(0n);
  expect(places.offsetOf(3)).toBe(places.nextOffset);
  const after = (index: number, bytes: number) => places.after(index, bytes);
  expect([after(0, 299), after(0, 300), after(0, 1299), after(0, 1300), after(0, 9999)]).toEqual([0, 1, 1, 2, 3]);
  expect([after(1, 999), after(1, 1000), after(2, 500)]).toEqual([1, 2, 3]);
});

it('takes nothing of a batch that is not whole', () => {
  const places = new BatchPlaces(5n);
  expect(places.take(stored(300).subarray(0, 299))).toBe(0);
  expect(places.take(Buffer.alloc(10))).toBe(0);
  expect([places.count, places.nextOffset]).toEqual([0, 5n]);
});
