/** A segment that was laid out by hand: its files, what is in them, and positions looked up in one. */
import type { SegmentCode } from '../../finding.ts';
import { type Args, count, exact, type Sayings, where } from './sentence.ts';

export const ofSegment: Sayings<SegmentCode> = {
  'segment-name': {
    name: 'a file with another name',
    say: (args) => ({
      seen: `${where(args)}expected a file '${args.expected}', found ${args.found === '' ? 'none of its kind' : `'${args.found}'`}.`,
      look: 'A segment is named by the offset of its first record, in 20 digits with zeros before it: so a broker finds the segment of an offset by names alone.',
    }),
  },
  'segment-size': {
    name: 'a log of another length',
    say: (args) => ({
      seen: `${where(args)}expected ${exact(args.expected)} in the log, found ${exact(args.found)}.`,
      look: 'The batches lie in the log as they came, back to back, with nothing between or behind them: what the broker assigns has its place in them already.',
    }),
  },
  'segment-offset': {
    name: 'a wrong base offset',
    say: (args) => ({
      seen: `${where(args)}expected ${batch(args)} to have base offset ${count(args.expected)}, found ${count(args.found)}.`,
      look: 'A batch takes as many offsets as it has records: lastOffsetDelta, 4 bytes at 23 of its header, is one less. The base offset is 8 bytes at 0.',
    }),
  },
  'segment-changed': {
    name: 'a batch that is not the one that came',
    say: (args) => ({
      seen: `${where(args)}${batch(args)} differs from what was produced beyond what a broker assigns, so its CRC fails.`,
      look: 'Only the base offset, bytes 0 to 7 of a batch, is yours to write. The CRC covers everything from byte 21 on, the lastOffsetDelta and the records too.',
    }),
  },
  'index-size': {
    name: 'an index of another length',
    say: (args) => ({
      seen: `${where(args)}expected ${exact(args.expected)} in the index, 8 an entry, found ${exact(args.found)}.`,
      look: 'The first batch gets no entry, and after it each that begins more than 4096 bytes behind the one that got the last.',
    }),
  },
  'index-entry': {
    name: 'a wrong entry of the index',
    say: (args) => ({
      seen: `${where(args)}expected entry ${count(args.entry)} of the index to be ${entry(args.expectedRelative, args.expectedPosition)}, found ${entry(args.relative, args.position)}.`,
      look: 'An entry has the last offset of a batch, less the base offset of the segment, and the position where the same batch begins.',
    }),
  },
  'position-differs': {
    name: 'a wrong position of an offset',
    say: (args) => ({
      seen: `${where(args)}expected ${position(args.position)}, and your function answered ${position(args.answered)}.`,
      look:
        Number(args.answered) === 0
          ? 'Does the search begin where the index says? What lies before that place here leads astray.'
          : 'From where the last entry leads that is not above the offset, go from header to header, to the first batch whose last offset is not below it.',
    }),
  },
};

function batch({ batch: number, of, position: at }: Args): string {
  return `batch ${count(number)} of ${count(of)}, at position ${count(at)},`;
}

function entry(relative: string | number | undefined, at: string | number | undefined): string {
  return `(${count(relative)}, ${count(at)})`;
}

function position(value: string | number | undefined): string {
  return Number(value) === -1 ? '-1, for there is none' : `position ${count(value)}`;
}
