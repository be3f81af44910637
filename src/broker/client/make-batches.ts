/** Record batches as a producer sends them, with real records in them: no keys, no headers, base offset 0. */
import { randomBytes } from 'node:crypto';
import { crc32c } from '../storage/crc32c.ts';
import { HEADER_BYTES, LENGTH_OVERHEAD, MAGIC } from '../storage/record-batch.ts';

/** One batch of format 2 (storage/record-batch.ts), a record for each value. @param time of all records, milliseconds */
export function batchOf(values: readonly Buffer[], time = BigInt(Date.now())): Buffer {
  const batch = Buffer.concat([Buffer.alloc(HEADER_BYTES), ...values.map(recordOf)]);
  batch.writeInt32BE(batch.length - LENGTH_OVERHEAD, 8);
  batch.writeInt32BE(-1, 12);
  batch.writeInt8(MAGIC, 16);
  batch.writeInt32BE(values.length - 1, 23);
  batch.writeBigInt64BE(time, 27);
  batch.writeBigInt64BE(time, 35);
  batch.writeBigInt64BE(-1n, 43);
  batch.writeInt16BE(-1, 51);
  batch.writeInt32BE(-1, 53);
  batch.writeInt32BE(values.length, 57);
  batch.writeUInt32BE(crc32c(batch, 21), 17);
  return batch;
}

/** Bytes of a value that fills what is left of a batch may be this much more than the usual. */
const LEAST_BYTES = HEADER_BYTES + 160;

/**
 * A batch of exactly `bytes`, of records with random values of 100 bytes and a last one that fills the rest: where the
 * batches of a log begin is then known.
 * @throws {RangeError} for less than a batch with one record
 */
export function batchOfBytes(bytes: number, recordBytes = 100): Buffer {
  if (!(bytes >= LEAST_BYTES)) {
    throw new RangeError(`Cannot make a batch of ${bytes} bytes: expected ${LEAST_BYTES} at least`);
  }
  const sizes: number[] = [];
  let left = bytes - HEADER_BYTES;
  // What is left for the last record is at least one usual record, and less than two.
  while (left - sizeOf(recordBytes, sizes.length) > 2 * recordBytes) {
    left -= sizeOf(recordBytes, sizes.length);
    sizes.push(recordBytes);
  }
  sizes.push(...lastSizes(left, sizes.length));
  return batchOf(sizes.map((size) => randomBytes(size)));
}

/** Sizes of values whose records take exactly `bytes`: one, or two where the length of a length leaves a gap. */
function lastSizes(bytes: number, at: number): number[] {
  const one = sizeFor(bytes, at);
  if (one !== null) return [one];
  const other = sizeFor(bytes - sizeOf(1, at), at + 1);
  if (other === null) throw new Error(`Cannot fill ${bytes} bytes with two records`);
  return [1, other];
}

function sizeFor(bytes: number, at: number): number | null {
  for (let size = bytes; size >= 0; size--) if (sizeOf(size, at) === bytes) return size;
  return null;
}

/** Bytes of a record at a place of its batch. */
function sizeOf(valueBytes: number, at: number): number {
  const body = 2 + varint(at).length + 1 + varint(valueBytes).length + valueBytes + 1;
  return varint(body).length + body;
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
