/** Files of a segment are named by its base offset in 20 digits (method `filenamePrefixFromOffset` of Kafka). */
import { join } from 'node:path';

/** Base offset of a `.log`, `.index` or `.timeindex`; null for any other file. */
export function baseOffsetOf(file: string): { readonly baseOffset: bigint; readonly kind: SegmentFile } | null {
  const [, digits, kind] = /^(\d{20})\.(log|index|timeindex)$/.exec(file) ?? [];
  return digits === undefined ? null : { baseOffset: BigInt(digits), kind: kind as SegmentFile };
}

export type SegmentFile = 'log' | 'index' | 'timeindex';

/** Path of a segment's file. */
export function segmentFile(folder: string, baseOffset: bigint, kind: SegmentFile): string {
  return join(folder, `${String(baseOffset).padStart(20, '0')}.${kind}`);
}
