/** Batches as a producer sends them: real records with random values, and base offset 0. */
import { randomBytes } from 'node:crypto';
import { batchOf } from '#broker/client/make-batches.ts';
import type { BatchShape } from '#learn/segment/segment-task.ts';

/** Batches back to back, and the value of each record in order. */
export function produceBatches(shapes: readonly BatchShape[]): { readonly bytes: Buffer; readonly values: Buffer[] } {
  const made = shapes.map(({ records, valueBytes }) => {
    const values = Array.from({ length: records }, () => randomBytes(valueBytes));
    return { values, bytes: batchOf(values) };
  });
  return { bytes: Buffer.concat(made.map(({ bytes }) => bytes)), values: made.flatMap(({ values }) => values) };
}
