/** Record batches for tests, made by hand and seeded: the same seed gives the same bytes. */
import { crc32c } from '../../../src/broker/storage/crc32c.ts';
import { uniform } from '../../fixtures/random.ts';

export interface BatchOptions {
  readonly records?: number;
  /** Bytes behind the header; what they are, nobody here looks at. */
  readonly body?: Buffer;
  readonly attributes?: number;
  readonly baseTimestamp?: bigint;
  readonly maxTimestamp?: bigint;
  readonly magic?: number;
}

/** One batch of format 2 with a right CRC-32C; its base offset is 0, as producers send it. */
export function batch(options: BatchOptions = {}): Buffer {
  const { records = 1, body = Buffer.alloc(20, 'r'), attributes = 0, baseTimestamp = 1000n, magic = 2 } = options;
  const bytes = Buffer.concat([Buffer.alloc(61), body]);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt32BE(-1, 12);
  bytes.writeInt8(magic, 16);
  bytes.writeInt16BE(attributes, 21);
  bytes.writeInt32BE(records - 1, 23);
  bytes.writeBigInt64BE(baseTimestamp, 27);
  bytes.writeBigInt64BE(options.maxTimestamp ?? baseTimestamp, 35);
  bytes.writeBigInt64BE(-1n, 43);
  bytes.writeInt16BE(-1, 51);
  bytes.writeInt32BE(-1, 53);
  bytes.writeInt32BE(records, 57);
  return sealed(bytes);
}

/** Writes the CRC-32C that the bytes have now. */
export function sealed(bytes: Buffer): Buffer {
  bytes.writeUInt32BE(crc32c(bytes, 21), 17);
  return bytes;
}

/** Batches of random sizes and record counts, with times that mostly grow. */
export function* randomBatches(seed: number, mostBytes = 3000): Generator<Buffer> {
  const next = uniform(seed);
  for (let time = 1_700_000_000_000; ; ) {
    const records = 1 + Math.floor(next() * 20);
    const body = Buffer.alloc(1 + Math.floor(next() ** 2 * mostBytes));
    for (let at = 0; at < body.length; at++) body[at] = next() * 256;
    time += Math.floor(next() * 100 - 10);
    const baseTimestamp = BigInt(time);
    yield batch({ records, body, baseTimestamp, maxTimestamp: baseTimestamp + BigInt(Math.floor(next() * 50)) });
  }
}
