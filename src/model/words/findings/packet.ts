/** A header and the file behind it: in how many packets they went. */
import type { PacketCode } from '../../finding.ts';
import { count, exact, type Sayings, where } from './sentence.ts';

export const ofPacket: Sayings<PacketCode> = {
  'header-differs': {
    name: 'a wrong header',
    say: (args) => ({
      seen: `${where(args)}expected the header to arrive first, and what arrived differs from it at its byte ${count(args.at)}.`,
      look: 'All of the header goes before the file. A call may take only a part of it: send what is left.',
    }),
  },
  'short-packet': {
    name: 'a packet that is too short',
    say: (args) => ({
      seen: `${where(args)}all ${exact(args.bytes)} fit into ${segments(args.least)}, and left in ${segments(args.segments)}.`,
      look: 'The kernel sent the header at once, because nobody said that more follows: MSG_MORE says it of one call, TCP_CORK of all until it is taken off.',
    }),
  },
  'held-back': {
    name: 'bytes that the kernel still holds back',
    say: (args) => ({
      seen: `${where(args)}${exact(args.bytes)} had not left when your program returned: ${args.by === 'TCP_CORK' ? 'TCP_CORK was still set' : 'the last call said MSG_MORE'}.`,
      look: 'What is held back goes after 200 ms, or when somebody says that no more follows. Think of a header behind which nothing follows.',
    }),
  },
};

function segments(value: string | number | undefined): string {
  return Number(value) === 1 ? 'one packet' : `${count(value)} packets`;
}
