// Wrong: believes that an offset lies in the batch where the index leads.
// Found: position-differs batches=3
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, preadBytes } from '#libc';

const HEADER_BYTES = 61;
const INTERVAL_BYTES = 4096;

export function layOut(folder: string, produced: string, baseOffset: number): void {
  const log = readFileSync(produced);
  const entries: number[] = [];
  let [next, indexed] = [baseOffset, 0];
  for (let at = 0; at < log.length; at += bytesOf(log, at)) {
    log.writeBigInt64BE(BigInt(next), at);
    const last = next + log.readInt32BE(at + 23);
    if (at - indexed > INTERVAL_BYTES) {
      entries.push(last - baseOffset, at);
      indexed = at;
    }
    next = last + 1;
  }
  writeFileSync(file(folder, baseOffset, 'log'), log);
  const index = Buffer.alloc(entries.length * 4);
  for (const [place, number] of entries.entries()) index.writeInt32BE(number, place * 4);
  writeFileSync(file(folder, baseOffset, 'index'), index);
}

export function positionOf(folder: string, baseOffset: number, offset: number): number {
  const index = readFileSync(file(folder, baseOffset, 'index'));
  let at = 0;
  for (let entry = 0; entry < index.length && baseOffset + index.readInt32BE(entry) <= offset; entry += 8)
    at = index.readInt32BE(entry + 4);
  using log = open(file(folder, baseOffset, 'log'));
  const header = Buffer.alloc(HEADER_BYTES);
  while (preadBytes(log.fd, header, at) === HEADER_BYTES) {
    if (Number(header.readBigInt64BE(0)) <= offset) return at;
    at += bytesOf(header, 0);
  }
  return -1;
}

/** A batch's length counts what lies behind it: 12 bytes lie before. */
function bytesOf(batches: Buffer, at: number): number {
  return batches.readInt32BE(at + 8) + 12;
}

/** A segment is named by its base offset. */
function file(folder: string, baseOffset: number, kind: 'log' | 'index'): string {
  return join(folder, `${String(baseOffset).padStart(20, '0')}.${kind}`);
}
