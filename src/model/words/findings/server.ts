/** Several clients at once: whether one makes the others wait. */
import type { ServerCode } from '../../finding.ts';
import { type Args, count, exact, type Sayings, where } from './sentence.ts';

/** Bytes; larger ones are multiples of it. */
const SMALLEST_PAGE = 4096;

export const ofServer: Sayings<ServerCode> = {
  starved: {
    name: 'clients that wait for another one',
    say: (args) => ({
      seen: `${where(args)}the others had ${exact(args.arrived)} of ${exact(args.expected)} when nothing moved any more.`,
      look:
        args.situation === 'cold-file'
          ? 'Somebody waits for pages that are still on the disk. Ask for them, serve whoever can be served, wait a little, and look again.'
          : '-EAGAIN says that this client can take no more now. Go on with another one, and come back when poll says so.',
    }),
  },
  spins: {
    name: 'asking again and again',
    say: (args) => ({
      seen: `${where(args)}${count(args.again)} calls answered -EAGAIN, and your program waited ${count(args.waits)} ${args.waits === 1 ? 'time' : 'times'}.`,
      look: 'When nobody can take anything, let the kernel wake you: PollSet, POLLOUT, wait.',
    }),
  },
  'cold-call': {
    name: 'a call that waits for the disk',
    say: (args) => ({
      seen: `${where(args)}${args.call} was asked for ${exact(args.count)} from offset ${count(args.offset)}, of whose ${count(args.pages)} pages ${count(args.resident)} were in memory: it waited for the disk, and everybody with it.`,
      look: isOnePageMore(args)
        ? 'A piece that begins in the middle of a page touches one page more than its length says: count from the page of its first byte to that of its last.'
        : 'Look before each call whether all that it is asked for is in memory (residentPages). If not: fadvise with willNeed, and come back later.',
    }),
  },
  'read-besides': {
    name: 'files that are read besides',
    say: (args) => ({
      seen: `All bytes arrived by sendfile, and your program also read ${exact(args.bytes)} of the files into its own memory, for a payload of ${exact(args.payload)}.`,
      look: 'Reading a page to bring it into memory is waiting for it, and a copy besides: fadvise with willNeed does neither.',
    }),
  },
};

/** Whether all was there but the page that a piece of this length touches only where it begins in the middle of one. */
function isOnePageMore({ offset, pages, resident }: Args): boolean {
  return Number(offset) % SMALLEST_PAGE !== 0 && Number(resident) === Number(pages) - 1;
}
