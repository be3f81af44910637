/** What a broker answers to a Fetch, and what kcat makes of it. */
import type { FetchCode } from '../../finding.ts';
import { count, type Sayings, where } from './sentence.ts';

const looks: Readonly<Record<string, string>> = {
  size: 'The size counts everything behind itself: correlation id, fields, the length of the records, and the slice.',
  'correlation id':
    'The correlation id stands behind the size, 4 bytes: by it the client knows to which request this is the answer.',
  fields: 'The fields go as they are, between the correlation id and the length of the records.',
  'records length': 'Behind the fields stands the length of the slice, 4 bytes, and then the slice.',
};

export const ofFetch: Sayings<FetchCode> = {
  'fetch-head': {
    name: 'a head that no client understands',
    say: (args) => ({
      seen: `${where(args)}expected ${args.expected === undefined ? `the ${args.part} that the broker gave` : `the ${args.part} to say ${count(args.expected)}`}, found ${args.found === undefined ? 'something else' : count(args.found)}.`,
      look: looks[String(args.part)] ?? 'The starter says what stands where.',
    }),
  },
  'kcat-differs': {
    name: 'records that kcat does not print',
    say: (args) => ({
      seen: `${where(args)}expected kcat to print ${count(args.records)} records, and the first ${count(args.right)} are right${args.said === '' ? '' : `; it says "${args.said}"`}.`,
      look: 'Is every answer complete before the next one begins, also when the slice is large?',
    }),
  },
};
