/** Opens a partition's folder that somebody else wrote, with the broker's own log. */
import { readFileSync } from 'node:fs';
import { Log } from '#broker/storage/log.ts';
import { segmentFile } from '#broker/storage/segment-name.ts';
import { readIndex } from '#learn/segment/layout.ts';
import type { ReadBack } from '#learn/segment/segment-task.ts';

/** Recovers the log, as after a crash: every batch is checked, and the index made anew. Then each offset is looked for. */
export function readBack(folder: string, offsets: readonly number[]): ReadBack {
  const seen = look(folder, offsets);
  const index = readIndex(readFileSync(segmentFile(folder, BigInt(seen.startOffset), 'index')));
  return { ...seen, index };
}

function look(folder: string, offsets: readonly number[]): Omit<ReadBack, 'index'> {
  using log = Log.open(folder);
  const everything = log.read(log.startOffset, 2 ** 31 - 1, { atLeastOne: true });
  for (const slice of everything) slice.release();
  const found = offsets.flatMap((offset) => {
    const slices = log.read(BigInt(offset), 1, { atLeastOne: true });
    for (const slice of slices) slice.release();
    return slices.map(({ position }) => ({ offset, position }));
  });
  return {
    startOffset: Number(log.startOffset),
    endOffset: Number(log.endOffset),
    bytes: everything.reduce((sum, { bytes }) => sum + bytes, 0),
    found,
  };
}
