/** What a server says over HTTP about the bytes it sends. */
import type { HttpCode } from '../../finding.ts';
import { type Sayings, where } from './sentence.ts';

export const ofHttp: Sayings<HttpCode> = {
  'http-no-answer': {
    name: 'no answer that a client understands',
    say: (args) => ({
      seen: `${where(args)}expected an answer, and the client says "${args.said}".`,
      look: 'An answer is a line with the status, header lines, an empty line, each ended by \\r\\n, and then the body.',
    }),
  },
  'http-status': {
    name: 'the wrong status',
    say: (args) => ({
      seen: `${where(args)}expected status ${args.expected}, found ${args.status}.`,
      look:
        args.expected === 416
          ? 'A range that begins behind the end of the file cannot be satisfied (RFC 9110, 15.5.17).'
          : args.expected === 206
            ? 'Look at what your program makes of the Range line of this request.'
            : 'Without a Range line the whole file is due, with 200.',
    }),
  },
  'http-header': {
    name: 'a header that says something else than is sent',
    say: (args) => ({
      seen: `${where(args)}expected ${args.name} to say ${args.expected}, found ${args.found === '' ? 'no such line' : args.found}.`,
      look: 'The last place of a range belongs to it: bytes=0-0 is one byte. bytes=-5 are the last five, bytes=5- all from the sixth on.',
    }),
  },
};
