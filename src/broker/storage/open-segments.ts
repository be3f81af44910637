/** What is done with a partition's folder when it is opened (class `LogLoader` of Kafka). */
import { mkdirSync, readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSettings } from './log-options.ts';
import { Segment } from './segment.ts';
import { baseOffsetOf } from './segment-name.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * What may not be whole: nothing, after a clean stop; the last segment, after a crash, because every other one was synced
 * when it was rolled; or what lies at and after an offset, where somebody else wrote the folder.
 */
export type Recovery = 'nothing' | 'last' | bigint;

/** @returns the segments in order, at least one; the last is ready to be appended to */
export function openSegments(folder: string, settings: LogSettings, recovery: Recovery): Segment[] {
  mkdirSync(folder, { recursive: true });
  const baseOffsets = sweep(folder);
  if (baseOffsets.length === 0) baseOffsets.push(0n);

  using opened = new DisposableStack();
  const segments: Segment[] = [];
  for (const [index, baseOffset] of baseOffsets.entries()) {
    const segment = opened.use(new Segment(folder, baseOffset, settings));
    segments.push(segment);
    const cut = isSuspect(recovery, baseOffsets[index + 1]) ? segment.recover() : segment.trust();
    if (cut > 0) {
      removeFrom(folder, baseOffsets.slice(index + 1), settings);
      break;
    }
  }
  segments.at(-1)?.unseal();
  syncFolder(folder);
  opened.move();
  return segments;
}

/** @param next base offset of the segment behind; undefined for the last one */
function isSuspect(recovery: Recovery, next: bigint | undefined): boolean {
  if (recovery === 'nothing') return false;
  return next === undefined || (recovery !== 'last' && next > recovery);
}

/** Removes indexes without a log, which a crash in the middle of a removal leaves. @returns base offsets in order */
function sweep(folder: string): bigint[] {
  const files = readdirSync(folder).flatMap((name) => ({ name, ...baseOffsetOf(name) }));
  const logs = new Set(files.filter(({ kind }) => kind === 'log').map(({ baseOffset }) => baseOffset as bigint));
  for (const { name, baseOffset } of files) {
    if (baseOffset !== undefined && !logs.has(baseOffset)) unlinkSync(join(folder, name));
  }
  return [...logs].toSorted((a, b) => (a < b ? -1 : 1));
}

/** What lay behind a batch that is not whole would leave a hole in the offsets, so it goes. */
function removeFrom(folder: string, baseOffsets: readonly bigint[], settings: LogSettings): void {
  for (const baseOffset of baseOffsets) new Segment(folder, baseOffset, settings).remove();
}
