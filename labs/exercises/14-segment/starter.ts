/**
 * Topics, partitions, offsets, by hand: lay out a segment, and find an offset in it.
 *
 * A topic has partitions, a partition is a log, and a log is a folder of segments. layOut() gets record batches back to
 * back, as a producer sent them, and the offset that the first record gets. It writes two files into the folder, named
 * after that offset in 20 digits: 00000000000000004711.log and .index.
 *
 *   .log    the batches as they came, each with its base offset in place
 *   .index  8 bytes an entry, highest byte first: last offset of a batch less baseOffset, position where the batch begins;
 *           one for each batch that begins more than 4096 bytes behind the batch of the entry before, or behind 0
 *
 * positionOf() says where the batch begins that holds an offset, or -1. It begins where the index leads.
 * Of a batch you need:  0 baseOffset, 8 bytes · 8 batchLength, 4 bytes, of what follows it · 23 lastOffsetDelta, 4 bytes
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, preadBytes } from '#libc';

const HEADER_BYTES = 61;

export function layOut(folder: string, produced: string, _baseOffset: number): void {
  const log = readFileSync(produced);
  // TODO: the base offset of each batch, the index, and the names.
  writeFileSync(join(folder, 'segment.log'), log);
  writeFileSync(join(folder, 'segment.index'), '');
}

export function positionOf(folder: string, _baseOffset: number, offset: number): number {
  // TODO: begin where the index leads, and not at 0.
  let at = 0;
  using log = open(join(folder, 'segment.log'));
  const header = Buffer.alloc(HEADER_BYTES);
  while (preadBytes(log.fd, header, at) === HEADER_BYTES) {
    if (Number(header.readBigInt64BE(0)) + header.readInt32BE(23) >= offset) return at;
    at += header.readInt32BE(8) + 12;
  }
  return -1;
}
