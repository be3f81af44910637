/**
 * What is done with a segment that may not be whole (method `LogSegment.recover` of Kafka): every batch is read and
 * checked, the indexes are made anew, and the file is cut where the first batch begins that is not as it was written.
 */
import type { Found, LogFile } from './log-file.ts';
import type { LogSettings } from './log-options.ts';
import { MOST_RELATIVE, type OffsetIndex } from './offset-index.ts';
import { checksum, HEADER_BYTES, MAGIC } from './record-batch.ts';
import { NO_TIMESTAMP, type TimeIndex, type TimestampOffset } from './time-index.ts';

/** What a segment lends to be made anew. */
interface Rebuilt {
  readonly baseOffset: bigint;
  readonly log: LogFile;
  readonly offsets: OffsetIndex;
  readonly times: TimeIndex;
  nextOffset: bigint;
  newest: TimestampOffset;
  indexedPosition: number;
  note(found: Found): void;
  seal(): void;
}

/** @returns bytes that were cut off */
export function rebuild(segment: Rebuilt, settings: LogSettings): number {
  const { log, offsets, times, baseOffset } = segment;
  // Entries of a crashed segment are followed by zeros: none of them is trusted.
  for (const { file } of [offsets, times]) {
    file.clear();
    file.grow(settings.segmentIndexBytes);
  }
  segment.newest = { timestamp: NO_TIMESTAMP, offset: baseOffset };
  segment.nextOffset = baseOffset;
  segment.indexedPosition = 0;

  let valid = 0;
  for (const found of log.batches(0)) {
    if (!follows(found, segment) || !isWhole(log, found)) break;
    segment.note(found);
    valid = found.position + found.header.bytes;
  }
  const cut = log.bytes - valid;
  log.truncate(valid);
  segment.seal();
  return cut;
}

/** Whether its offsets, which no checksum covers, come after those before and fit into an index. */
function follows({ header }: Found, { nextOffset, baseOffset }: Rebuilt): boolean {
  return (
    header.baseOffset >= nextOffset &&
    header.lastOffset >= header.baseOffset &&
    header.lastOffset - baseOffset <= MOST_RELATIVE
  );
}

/** Whether all of a batch is there and has the checksum that it carries. */
function isWhole(log: LogFile, { position, header }: Found): boolean {
  if (header.magic !== MAGIC || header.bytes < HEADER_BYTES || position + header.bytes > log.bytes) return false;
  const bytes = Buffer.allocUnsafe(header.bytes);
  return log.read(position, bytes) === bytes.length && checksum(bytes, 0, bytes.length) === header.crc;
}
