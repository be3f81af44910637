/** The batches of one produce request, looked at before anything is written. */
import { BatchTooLarge, CorruptBatch, InvalidRecord, UnsupportedFormat } from './errors.ts';
import { type BatchHeader, checksum, HEADER_BYTES, MAGIC, readHeader } from './record-batch.ts';

/** One batch among the bytes that came. */
export interface Incoming {
  readonly at: number;
  readonly header: BatchHeader;
}

/**
 * Checks record batches that lie back to back, as Kafka does before it appends (class `LogValidator`): format, lengths,
 * CRC-32C, and that each counts its records right. The records themselves are not opened.
 *
 * @throws {CorruptBatch | BatchTooLarge | UnsupportedFormat | InvalidRecord} the first thing that is wrong; all or nothing
 */
export function readIncoming(bytes: Buffer, maxBatchBytes: number): readonly Incoming[] {
  if (bytes.length === 0) throw new CorruptBatch('Cannot append: expected a record batch, found no bytes');
  const found: Incoming[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readOne(bytes, at, maxBatchBytes);
    found.push({ at, header });
    at += header.bytes;
  }
  return found;
}

function readOne(bytes: Buffer, at: number, maxBatchBytes: number): BatchHeader {
  const left = bytes.length - at;
  // The magic of every format lies at the same place.
  if (left > 16 && bytes.readInt8(at + 16) !== MAGIC) refuseMagic(bytes.readInt8(at + 16), at);
  if (left < HEADER_BYTES) {
    throw new CorruptBatch(
      `Cannot append the batch at byte ${at}: expected ${HEADER_BYTES} bytes or more, found ${left}`,
    );
  }
  const header = readHeader(bytes, at);
  if (header.bytes < HEADER_BYTES || header.bytes > left) {
    throw new CorruptBatch(
      `Cannot append the batch at byte ${at}: it says that it has ${header.bytes} bytes, and ${left} are there`,
    );
  }
  if (header.bytes > maxBatchBytes) throw new BatchTooLarge(header.bytes, maxBatchBytes);
  const crc = checksum(bytes, at, header.bytes);
  if (crc !== header.crc) {
    throw new CorruptBatch(
      `Cannot append the batch at byte ${at}: its CRC-32C is ${hexadecimal(crc)}, and it says ${hexadecimal(header.crc)}`,
    );
  }
  checkCount(header, at);
  return header;
}

/** Formats 0 and 1 are old; anything else is no batch. */
function refuseMagic(magic: number, at: number): never {
  if (magic === 0 || magic === 1) throw new UnsupportedFormat(magic);
  throw new CorruptBatch(`Cannot append the batch at byte ${at}: expected format ${MAGIC}, found ${magic}`);
}

function checkCount({ recordCount, lastOffsetDelta, control }: BatchHeader, at: number): void {
  if (recordCount <= 0 || recordCount !== lastOffsetDelta + 1) {
    throw new InvalidRecord(
      `Cannot append the batch at byte ${at}: it counts ${recordCount} records, and its last offset delta is ${lastOffsetDelta}`,
    );
  }
  if (control) throw new InvalidRecord(`Cannot append the batch at byte ${at}: a client may not write a control batch`);
}

function hexadecimal(crc: number): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}
