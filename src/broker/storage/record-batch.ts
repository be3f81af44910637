/**
 * A record batch of format 2, as it travels and as it lies in the log (class `DefaultRecordBatch` of Kafka's clients).
 * All numbers are big-endian.
 *
 *      0  baseOffset            8     offset of the first record; assigned by the broker
 *      8  batchLength           4     bytes that follow this field
 *     12  partitionLeaderEpoch  4     assigned by the broker
 *     16  magic                 1     2
 *     17  crc                   4     CRC-32C of everything from here on: what the broker assigns is outside of it
 *     21  attributes            2     bits 0–2 compression, 3 timestamp type, 4 transactional, 5 control
 *     23  lastOffsetDelta       4
 *     27  baseTimestamp         8     milliseconds
 *     35  maxTimestamp          8
 *     43  producerId            8     −1: the producer is not idempotent
 *     51  producerEpoch         2
 *     53  baseSequence          4
 *     57  recordCount           4
 *     61  the records, which nobody here looks into, compressed or not
 */
import { int32At, int64At, widened } from '../integers.ts';
import { crc32c } from './crc32c.ts';

export const HEADER_BYTES = 61;
/** Bytes before what batchLength counts. */
export const LENGTH_OVERHEAD = 12;
/** Where the bytes begin that the CRC covers. */
const ATTRIBUTES_AT = 21;
const MAGIC_AT = 16;
export const MAGIC = 2;

const TIMESTAMP_TYPE = 1 << 3;
const CONTROL = 1 << 5;

/** What a header says, in Kafka's words. */
export interface BatchHeader {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  /** Of the whole batch, header included. */
  readonly bytes: number;
  readonly leaderEpoch: number;
  readonly magic: number;
  readonly crc: number;
  /** 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd. */
  readonly compression: number;
  /** True: all records carry the time of the append, which is maxTimestamp. */
  readonly logAppendTime: boolean;
  readonly control: boolean;
  readonly lastOffsetDelta: number;
  /** Milliseconds; −1: none. */
  readonly baseTimestamp: bigint;
  readonly maxTimestamp: bigint;
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;
}

/** Which offsets the batch at `at` holds, and how long it is: what a search looks at. */
export function extentOf(bytes: Buffer, at: number): Pick<BatchHeader, 'baseOffset' | 'lastOffset' | 'bytes'> {
  const baseOffset = int64At(bytes, at);
  const lastOffset = baseOffset + widened(int32At(bytes, at + 23));
  return { baseOffset, lastOffset, bytes: int32At(bytes, at + 8) + LENGTH_OVERHEAD };
}

/** Reads the header at `at`, of which all 61 bytes must be there; whether it makes sense is not asked. */
export function readHeader(bytes: Buffer, at: number): BatchHeader {
  const attributes = bytes.readInt16BE(at + ATTRIBUTES_AT);
  return {
    ...extentOf(bytes, at),
    leaderEpoch: bytes.readInt32BE(at + 12),
    magic: bytes.readInt8(at + MAGIC_AT),
    crc: bytes.readUInt32BE(at + 17),
    compression: attributes & 7,
    logAppendTime: (attributes & TIMESTAMP_TYPE) !== 0,
    control: (attributes & CONTROL) !== 0,
    lastOffsetDelta: bytes.readInt32BE(at + 23),
    baseTimestamp: bytes.readBigInt64BE(at + 27),
    maxTimestamp: bytes.readBigInt64BE(at + 35),
    producerId: bytes.readBigInt64BE(at + 43),
    producerEpoch: bytes.readInt16BE(at + 51),
    baseSequence: bytes.readInt32BE(at + 53),
    recordCount: bytes.readInt32BE(at + 57),
  };
}

/** Checksum of the batch at `at`, which is `length` bytes long. */
export function checksum(bytes: Uint8Array, at: number, length: number): number {
  return crc32c(bytes, at + ATTRIBUTES_AT, at + length);
}

/** Writes what the broker assigns into the batch at `at`. The CRC does not cover it and stays right. */
export function assign(bytes: Buffer, at: number, baseOffset: bigint, leaderEpoch: number): void {
  bytes.writeBigInt64BE(baseOffset, at);
  bytes.writeInt32BE(leaderEpoch, at + 12);
}
