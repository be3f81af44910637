/** The bytes of a transfer: whether they are right, and by which way they went. */
import type { TransferCode } from '../../finding.ts';
import { chain, count, exact, type Sayings, where } from './sentence.ts';

export const ofTransfer: Sayings<TransferCode> = {
  'bytes-missing': {
    name: 'bytes that do not arrive',
    say: (args) => ({
      seen: `${where(args)}expected ${exact(args.expected)} to arrive, and ${exact(args.arrived)} did.`,
      look:
        Number(args.arrived) === 0
          ? 'Nothing at all arrived: is the call that sends made, and what did it return?'
          : 'A call may move less than it was asked to. Look at what it returned, and go on from there.',
    }),
  },
  'bytes-extra': {
    name: 'bytes too many',
    say: (args) => ({
      seen: `${where(args)}expected ${exact(args.expected)} to arrive, and ${exact(args.arrived)} did.`,
      look: 'Something was sent twice, or the loop goes on past the end of what was asked for. Look at where the offset stands after each call, and at what ends the loop.',
    }),
  },
  'bytes-differ': {
    name: 'wrong bytes',
    say: (args) => ({
      seen: `${where(args)}the bytes that arrived are the file's up to offset ${count(args.at)}, and wrong from there.`,
      look:
        args.situation === 'short-counts'
          ? 'That is where a call moved less than it was asked to. What was left of it has to go before anything new is read.'
          : 'Look at the offset and the address of the call that carries that byte.',
    }),
  },
  'faults-not-met': {
    name: 'calls that are not those of #libc',
    say: (args) => ({
      seen: `${where(args)}your program made no call of #libc that could have met this, so nobody can see how it deals with it.`,
      look: 'Use read, write, sendfile and the others of #libc, not those of node:fs.',
    }),
  },
  'not-by-call': {
    name: 'the calls that carried the bytes',
    say: (args) => ({
      seen: `All bytes arrived. Expected ${exact(args.payload)} of this file by ${chain(args.call)}: your program sent ${exact(args.moved)} by ${chain(args.call)} and ${exact(args.otherBytes)} by ${chain(args.other)}.`,
      look: `Nothing but ${chain(args.call)} may carry the file.`,
    }),
  },
  'from-memory': {
    name: 'bytes that no call brought from the file',
    say: (args) => ({
      seen: `All bytes arrived. Expected ${exact(args.payload)} of this file by ${chain(args.call)}: your program sent ${exact(args.moved)} that way, and ${exact(args.otherBytes)} from its own memory, where no call was seen to bring them from the file.`,
      look: `The bytes must come out of the file by ${chain(args.call)}.`,
    }),
  },
  'other-file': {
    name: 'bytes of another file',
    say: (args) => ({
      seen: `All bytes arrived, and ${exact(args.otherBytes)} of them came from another file (by ${chain(args.other)}); of the file that was asked for, ${exact(args.moved)} went by ${chain(args.call)}.`,
      look: 'A copy on the disk is a copy too: send the file that you were given.',
    }),
  },
  unaccounted: {
    name: 'bytes that no traced call sent',
    say: (args) => ({
      seen: `${exact(args.bytes)} of ${exact(args.arrived)} arrived that no traced call sent.`,
      look: 'Calls of io_uring cannot be seen, so they prove nothing: use the calls of #libc.',
    }),
  },
  'pages-not-shared': {
    name: 'whose pages arrived',
    say: (args) => ({
      seen: `The file was overwritten after your program had returned and before anybody read. Expected ${args.should ? 'all' : 'none'} of ${exact(args.payload)} to be the new ones, as ${chain(args.call)} leaves them, and ${exact(args.shared)} were.`,
      look: args.should
        ? 'Bytes that stay as they were had been copied: some other call carried them.'
        : 'Bytes that change had not been copied: they were pages of the file.',
    }),
  },
};
