/** Batches as a producer sends them: real records with random values, and base offset 0. */
import { randomBytes } from 'node:crypto';
import { crc32c } from '#broker/storage/crc32c.ts';
import { HEADER_BYTES, LENGTH_OVERHEAD, MAGIC } from '#broker/storage/record-batch.ts';
import type { BatchShape } from '#learn/segment/segment-task.ts';

/** Batches back to back, and the value of each record in order. */
export function produceBatches(shapes: readonly BatchShape[]): { readonly bytes: Buffer; readonly values: Buffer[] } {
  const made = shapes.map(({ records, valueBytes }) => {
    const values = Array.from({ length: records }, () => randomBytes(valueBytes));
    return { values, bytes: batchOf(values) };
  });
  return { bytes: Buffer.concat(made.map(({ bytes }) => bytes)), values: made.flatMap(({ values }) => values) };
}

/** One batch of format 2 (src/broker/storage/record-batch.ts). */
function batchOf(values: readonly Buffer[]): Buffer {
  const batch = Buffer.concat([Buffer.alloc(HEADER_BYTES), ...values.map(recordOf)]);
  const now = BigInt(Date.now());
  batch.writeInt32BE(batch.length - LENGTH_OVERHEAD, 8);
  batch.writeInt32BE(-1, 12);
  batch.writeInt8(MAGIC, 16);
  batch.writeInt32BE(values.length - 1, 23);
  batch.writeBigInt64BE(now, 27);
  batch.writeBigInt64BE(now, 35);
  batch.writeBigInt64BE(-1n, 43);
  batch.writeInt16BE(-1, 51);
  batch.writeInt32BE(-1, 53);
  batch.writeInt32BE(values.length, 57);
  batch.writeUInt32BE(crc32c(batch, 21), 17);
  return batch;
}

/** A record: its length, attributes, time and offset less the batch's, no key, the value, no headers. */
function recordOf(value: Buffer, at: number): Buffer {
  const body = Buffer.concat([
    Buffer.from([0, 0]),
    varint(at),
    varint(-1),
    varint(value.length),
    value,
    Buffer.from([0]),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

/** VARINT: zigzag, then seven bits a byte, the lowest first. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; left >= 0x80; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
}
