/**
 * Records as they stand in a batch of format 2 (class `DefaultRecord` of Kafka's clients): each a length, attributes, time
 * and offset as differences from the batch's, key, value and headers, with numbers of variable length (zigzag).
 */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { batch } from './batches.ts';

export interface TestRecord {
  /** Milliseconds. */
  readonly timestamp: bigint;
  readonly key?: string;
  readonly value: Buffer;
}

export type Compression = 'none' | 'gzip' | 'zstd';
const codes: Record<Compression, number> = { none: 0, gzip: 1, zstd: 4 };

/** A batch that any client can read. */
export function batchOf(records: readonly [TestRecord, ...TestRecord[]], compression: Compression = 'none'): Buffer {
  const baseTimestamp = records[0].timestamp;
  const plain = Buffer.concat(records.map((record, delta) => encode(record, delta, baseTimestamp)));
  const body = { none: (bytes: Buffer) => bytes, gzip: gzipSync, zstd: zstdCompressSync }[compression](plain);
  const maxTimestamp = records.reduce((most, { timestamp }) => (timestamp > most ? timestamp : most), baseTimestamp);
  return batch({ records: records.length, body, baseTimestamp, maxTimestamp, attributes: codes[compression] });
}

function encode({ timestamp, key, value }: TestRecord, delta: number, baseTimestamp: bigint): Buffer {
  const rest = Buffer.concat([
    Buffer.from([0]),
    variable(timestamp - baseTimestamp),
    variable(BigInt(delta)),
    key === undefined ? variable(-1n) : lengthAnd(Buffer.from(key)),
    lengthAnd(value),
    variable(0n),
  ]);
  return lengthAnd(rest);
}

function lengthAnd(bytes: Buffer): Buffer {
  return Buffer.concat([variable(BigInt(bytes.length)), bytes]);
}

function variable(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return Buffer.from([...bytes, Number(left)]);
}
