/** Where everything of a segment's drawing stands: the index on the left, the log beside it as high as it has bytes. */
import { type IndexEntry, type LaidBatch, type Lookup, lookUp, type SegmentLayout } from '#model/layouts/segment.ts';
import { formatCount } from '#model/words/index.ts';

export const SEGMENT_WIDTH = 320;
const TOP = 46;
/** Of the log's column, in all. */
const LOG_HEIGHT = 330;
export const INDEX_BOX = { x: 4, width: 124, height: 30 };
export const LOG_BOX = { x: 204, width: 112 };

export interface DrawnBatch {
  readonly batch: LaidBatch;
  readonly y: number;
  readonly height: number;
  readonly words: string;
  /** How the lookup meets it. */
  readonly role: 'found' | 'read' | 'passed by';
}

export interface DrawnEntry {
  readonly entry: IndexEntry;
  readonly y: number;
  readonly words: string;
  /** Height of the place in the log that it names. */
  readonly leadsTo: number;
  readonly used: boolean;
}

export interface SegmentDrawing {
  readonly batches: readonly DrawnBatch[];
  readonly entries: readonly DrawnEntry[];
  readonly lookup: Lookup;
  readonly height: number;
}

/** @param offset the one that is looked up */
export function drawSegment(layout: SegmentLayout, offset: number): SegmentDrawing {
  const lookup = lookUp(layout, offset);
  const last = layout.batches.at(-1);
  const scale = LOG_HEIGHT / (last ? last.position + last.bytes : 1);
  const at = (position: number) => TOP + Math.round(position * scale * 100) / 100;
  const found = lookup.read.at(-1);
  const batches = layout.batches.map((batch): DrawnBatch => {
    const role = batch === found ? 'found' : lookup.read.includes(batch) ? 'read' : 'passed by';
    const words = `${formatCount(batch.firstOffset)} – ${formatCount(batch.lastOffset)}`;
    return { batch, y: at(batch.position), height: at(batch.position + batch.bytes) - at(batch.position), words, role };
  });
  const step = LOG_HEIGHT / Math.max(1, layout.entries.length);
  const entries = layout.entries.map((entry, index): DrawnEntry => {
    const y = TOP + Math.round(index * step + (step - INDEX_BOX.height) / 2);
    const words = `+${formatCount(entry.relativeOffset)} → ${formatCount(entry.position)}`;
    return { entry, y, words, leadsTo: at(entry.position), used: entry === lookup.entry };
  });
  return { batches, entries, lookup, height: TOP + LOG_HEIGHT + 8 };
}

/** The lookup in steps, for the list below the drawing. */
export function lookupSteps({ baseOffset }: SegmentLayout, { entry, read }: Lookup, offset: number): string[] {
  const found = read.at(-1);
  const first = entry
    ? `The largest entry not above ${formatCount(offset)} is +${formatCount(entry.relativeOffset)}, offset ${formatCount(baseOffset + entry.relativeOffset)}, at position ${formatCount(entry.position)}.`
    : `No entry is at or below ${formatCount(offset)}: reading begins with the file.`;
  return [
    `Offset ${formatCount(offset)} is asked for. The file's name says that it begins with ${formatCount(baseOffset)}, so the index is searched for ${formatCount(offset - baseOffset)}.`,
    first,
    `From there ${read.length === 1 ? 'one header is' : `${read.length} headers are`} read; the last one is of the batch ${formatCount(found?.firstOffset ?? 0)} to ${formatCount(found?.lastOffset ?? 0)}, at position ${formatCount(found?.position ?? 0)}. That is where sending begins.`,
  ];
}
