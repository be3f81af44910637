/** What is produced: batches that lie anywhere in a page, as real ones do, and what the client must find again of them. */
import { createHash, type Hash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { checksum, HEADER_BYTES, LENGTH_OVERHEAD, MAGIC, readHeader } from '#broker/storage/record-batch.ts';
import { randomFrom } from '#measure/random.ts';

/** Values of 1000 bytes, 16 in a batch: just over 16 KiB, the usual `batch.size` of Kafka's producer. */
const VALUE_BYTES = 1000;
const RECORDS = 16;
const SMALL_VALUE_BYTES = 100;
const GZIP = 1;
const ATTRIBUTES_AT = 21;
const COUNT_AT = 57;

/** Batches of random records. The same seed gives the same bytes. @param small one short record each */
function makeBatches(bytes: number, seed: number, small: boolean): Buffer[] {
  const random = randomFrom(seed);
  const [records, valueBytes] = small ? [1, SMALL_VALUE_BYTES] : [RECORDS, VALUE_BYTES];
  const batches: Buffer[] = [];
  for (let made = 0; made < bytes; made += (batches.at(-1) as Buffer).length) {
    const values = Array.from({ length: records }, () => randomBytes(random, valueBytes));
    batches.push(batchOf(Buffer.concat(values.map(recordOf)), records));
  }
  return batches;
}

/** Random records are made once and produced over and over: a broker does not look at them. */
const BLOCK_BYTES = 16 * 2 ** 20;

/** Batches of `bytes` together or a little more, the same ones again after 16 MiB. */
export function* batchesOf(bytes: number, seed: number, small = false): Generator<Buffer> {
  const block = makeBatches(Math.min(bytes, BLOCK_BYTES), seed, small);
  for (let at = 0, made = 0; made < bytes; at++) {
    const batch = block[at % block.length] as Buffer;
    made += batch.length;
    yield batch;
  }
}

/** What `Finding` comes to when exactly these records are found. */
export function recordsHash(bytes: number, seed: number): string {
  const hash = createHash('sha256');
  for (const batch of batchesOf(bytes, seed)) hash.update(batch.subarray(HEADER_BYTES));
  return hash.digest('hex');
}

/** The same records, compressed by the producer. */
export function compressed(batch: Buffer): Buffer {
  return batchOf(gzipSync(batch.subarray(HEADER_BYTES)), batch.readInt32BE(COUNT_AT), GZIP);
}

function randomBytes(random: () => number, bytes: number): Buffer {
  const value = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 4) value.writeUInt32LE(Math.floor(random() * 2 ** 32), at);
  return value;
}

/** One batch of format 2 (src/broker/storage/record-batch.ts) as a producer that is not idempotent sends it. */
function batchOf(packed: Buffer, records: number, attributes = 0): Buffer {
  const batch = Buffer.concat([Buffer.alloc(HEADER_BYTES), packed]);
  const now = BigInt(Date.now());
  batch.writeInt32BE(batch.length - LENGTH_OVERHEAD, 8);
  batch.writeInt32BE(-1, 12);
  batch.writeInt8(MAGIC, 16);
  batch.writeInt16BE(attributes, ATTRIBUTES_AT);
  batch.writeInt32BE(records - 1, 23);
  batch.writeBigInt64BE(now, 27);
  batch.writeBigInt64BE(now, 35);
  batch.writeBigInt64BE(-1n, 43);
  batch.writeInt16BE(-1, 51);
  batch.writeInt32BE(-1, 53);
  batch.writeInt32BE(records, COUNT_AT);
  batch.writeUInt32BE(checksum(batch, 0, batch.length), 17);
  return batch;
}

/** A record: its length, attributes, time and offset less the batch's, no key, the value, no headers. */
function recordOf(value: Buffer, at: number): Buffer {
  const fields = [Buffer.from([0, 0]), varint(at), varint(-1), varint(value.length), value, Buffer.from([0])];
  const body = Buffer.concat(fields);
  return Buffer.concat([varint(body.length), body]);
}

/** VARINT: zigzag, then seven bits a byte, the lowest first. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; left >= 0x80; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
}

/** Follows the batches of responses, whose last one may be cut: which offset comes next, and a hash of all records, unpacked. */
export class Finding {
  #next = 0n;
  #batches = 0;
  #compressed = 0;
  readonly #hash: Hash = createHash('sha256');

  get nextOffset(): bigint {
    return this.#next;
  }

  /** Batches so far, and how many of them are compressed. */
  get batches(): { readonly all: number; readonly compressed: number } {
    return { all: this.#batches, compressed: this.#compressed };
  }

  /** @throws {Error} when a batch is not the next one, or its CRC is wrong */
  take(records: Buffer): void {
    for (let at = 0; at + HEADER_BYTES <= records.length; ) {
      const { bytes, baseOffset, lastOffset, crc, compression } = readHeader(records, at);
      if (at + bytes > records.length) return;
      if (lastOffset >= this.#next) this.#take(records.subarray(at, at + bytes), { baseOffset, crc, compression });
      this.#next = lastOffset + 1n;
      at += bytes;
    }
  }

  #take(
    batch: Buffer,
    { baseOffset, crc, compression }: { baseOffset: bigint; crc: number; compression: number },
  ): void {
    if (baseOffset !== this.#next) throw new Error(`Expected offset ${this.#next}, found a batch at ${baseOffset}`);
    if (checksum(batch, 0, batch.length) !== crc) throw new Error(`Found a wrong CRC in the batch at ${baseOffset}`);
    const packed = compression !== 0;
    this.#hash.update(packed ? gunzipSync(batch.subarray(HEADER_BYTES)) : batch.subarray(HEADER_BYTES));
    this.#batches += 1;
    this.#compressed += packed ? 1 : 0;
  }

  /** Of everything so far; afterwards nothing more can be taken. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
