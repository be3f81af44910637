/**
 * The times of single records, the one thing for which a batch is opened: a client asks from which offset on records are
 * not older than a timestamp (class `DefaultRecord` of Kafka's clients has the format; numbers are zigzag varints):
 *
 *     length, attributes (1 byte), timestamp less the batch's, offset less the batch's, key, value, headers
 */
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type BatchHeader, HEADER_BYTES } from './record-batch.ts';
import type { TimestampOffset } from './time-index.ts';

/** What records of one batch may become when they are decompressed, in bytes: more is not looked into. */
const MOST_BYTES = 64 * 2 ** 20;

/** By the codes of the batch's attributes. Node has neither snappy (2) nor lz4 (3). */
const decompressors: Readonly<Record<number, (bytes: Buffer) => Buffer>> = {
  0: (bytes) => bytes,
  1: (bytes) => gunzipSync(bytes, { maxOutputLength: MOST_BYTES }),
  4: (bytes) => zstdDecompressSync(bytes, { maxOutputLength: MOST_BYTES }),
};

/**
 * The first record of a batch that is not older than `timestamp`. Where the records cannot be read, compressed with
 * something unknown, it is the first of the batch: a client that starts there misses nothing and reads a little more.
 *
 * @param batch the whole batch
 * @returns null when all are older
 */
export function firstNotOlder(batch: Buffer, header: BatchHeader, timestamp: bigint): TimestampOffset | null {
  if (header.maxTimestamp < timestamp) return null;
  const first = { timestamp: header.maxTimestamp, offset: header.baseOffset };
  if (header.logAppendTime) return first;
  const records = decompressed(batch.subarray(HEADER_BYTES), header.compression);
  if (records === null) return first;
  for (const record of timesIn(records, header)) if (record.timestamp >= timestamp) return record;
  // The header promises one, and a client may promise what it does not keep.
  return first;
}

function decompressed(bytes: Buffer, compression: number): Buffer | null {
  try {
    return decompressors[compression]?.(bytes) ?? null;
  } catch {
    return null;
  }
}

/** Times and offsets, as far as the bytes are records. */
function* timesIn(
  records: Buffer,
  { baseTimestamp, baseOffset, recordCount }: BatchHeader,
): Generator<TimestampOffset> {
  const cursor = new Cursor(records);
  for (let count = 0; count < recordCount; count++) {
    const length = cursor.varint();
    const end = cursor.at + Number(length);
    cursor.at++;
    const [timestamp, offset] = [cursor.varint(), cursor.varint()];
    if (length <= 0n || cursor.at > end || end > records.length) return;
    yield { timestamp: baseTimestamp + timestamp, offset: baseOffset + offset };
    cursor.at = end;
  }
}

class Cursor {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** A number of up to 10 bytes, seven bits each, the least significant first; zigzag: 0, −1, 1, −2 … */
  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) break;
    }
    return (value >> 1n) ^ -(value & 1n);
  }
}
