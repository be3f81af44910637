/** Lookups and reads: what they should find, and what they cost in pages. */
import type { AnswerCode } from '../../finding.ts';
import { count, type Sayings, where } from './sentence.ts';

type CountCode = Extract<
  AnswerCode,
  | 'lookup-differs'
  | 'read-not-mapped'
  | 'not-mapped'
  | 'too-many-faults'
  | 'readahead-differs'
  | 'residence-differs'
  | 'reads-differ'
>;

export const ofCount: Sayings<CountCode> = {
  'lookup-differs': {
    name: 'a wrong position',
    say: (args) => ({
      seen: `${where(args)}expected position ${count(args.position)}, and your function answered ${count(args.answered)}.`,
      look: 'Before the first entry the position is 0. Offsets and positions are unsigned and have their highest byte first: readUInt32BE.',
    }),
  },
  'read-not-mapped': {
    name: 'an index that is read instead of mapped',
    say: (args) => ({
      seen: `${where(args)}the answers are right. Expected the file to be mapped and never read, and your program called ${args.call} on it ${count(args.calls)} ${Number(args.calls) === 1 ? 'time' : 'times'}.`,
      look: 'Mapping.ofFile maps the file; view() looks into it, and no call brings the bytes.',
    }),
  },
  'not-mapped': {
    name: 'an index that is never mapped',
    say: (args) => ({
      seen: `${where(args)}the answers are right, and the file was never seen to be mapped.`,
      look: 'Mapping.ofFile maps the file; view() looks into it, and no call brings the bytes.',
    }),
  },
  'too-many-faults': {
    name: 'pages that a search need not touch',
    say: (args) => ({
      seen: `${where(args)}the answers are right. Expected a lookup to take at most ${count(args.allowed)} page faults, as a search does, and yours took ${count(args.faults)}; a scan takes ${count(args.scan)}.`,
      look: 'Each step of a search halves what is left, so it touches a page a step. What else goes over the whole mapping?',
    }),
  },
  'readahead-differs': {
    name: 'readahead that was not predicted',
    say: (args) => ({
      seen: `${where(args)}read from an empty cache, ${count(args.resident)} ${Number(args.resident) === 1 ? 'page is' : 'pages are'} in memory afterwards for ${count(args.asked)} that ${Number(args.asked) === 1 ? 'was' : 'were'} asked for, and you predicted '${args.predicted}'.`,
      look:
        args.advice === 'random'
          ? 'The advice comes first: whoever says that the reads are random is believed.'
          : 'The kernel reads ahead when a read begins where the one before ended, and at the very beginning of the file.',
    }),
  },
  'residence-differs': {
    name: 'a count that is not what is in memory',
    say: (args) => ({
      seen: `${where(args)}${count(args.resident)} pages of the file were in memory when your function returned, and it answered ${count(args.answered)}.`,
      look: 'cachestat(file.fd).cached is how many there are: ask when all reads are done.',
    }),
  },
  'reads-differ': {
    name: 'reads that were not made as asked',
    say: (args) => ({
      seen: `${where(args)}${count(args.resident)} pages of the file were in memory when your function returned, where these reads leave ${count(args.here)} in an empty cache.`,
      look: 'First put the file out of memory, then give the advice, then read these pages, one page a read, in this order.',
    }),
  },
};
