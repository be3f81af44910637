/** D, continued: what else is said of speed. */
import type { Claim } from './claim.ts';
import { moreThanBatching, mostForSmallMessages } from './judge/buffer-size.ts';
import { fewerCopiesFewerCrossings } from './judge/calls.ts';
import { halfTheLatency, shortMuchSooner } from './judge/latency.ts';
import { orderIsFast } from './judge/sequential-read.ts';
import { lessOnTheWire } from './judge/wire.ts';
import { needsCard, noLab } from './untested.ts';

const DESIGN = 'Kafka documentation, design';

export const speed: readonly Claim[] = [
  {
    id: 'D8',
    statement: 'The network is used better and carries data faster.',
    saidBy: [1, 2],
    sources: {
      verdict: 'misleading',
      why: 'The same bytes, packets and round trips go over the wire. Only what the host spends changes.',
      citations: [
        {
          source: 'Linux 6.12, net/ipv4/tcp.c: tcp_sendmsg_locked',
          says: 'Cuts the data into segments in the same way.',
        },
      ],
    },
    tests: [
      {
        lab: 'scatter-gather',
        asks: 'the same file takes fewer packets or fewer bytes over the wire by sendfile than by read + write',
        judge: lessOnTheWire,
      },
    ],
  },
  {
    id: 'D9',
    statement: 'Fewer copies mean fewer switches between program and kernel.',
    saidBy: [1],
    sources: {
      verdict: 'misleading',
      why: 'Crossings fall because there are fewer calls, not because there are fewer copies: splice copies nothing and calls as often.',
      citations: [
        {
          source: 'Linux documentation, msg_zerocopy.rst',
          says: 'Trades the copy for work on pages and for notifications.',
        },
      ],
    },
    tests: [
      {
        lab: 'count-calls',
        asks: 'with the same buffer, each way with fewer copies (mmap + write, splice, sendfile) crosses less often than read + write',
        judge: fewerCopiesFewerCrossings,
      },
    ],
  },
  {
    id: 'D10',
    statement: 'High-frequency trading gains much: lower latency and faster trades.',
    saidBy: [1],
    sources: {
      verdict: 'misleading',
      why: 'Its messages are small. What avoids copies pays for large transfers.',
      citations: [
        { source: 'Linux documentation, msg_zerocopy.rst', says: 'Worth it above about 10 KB.' },
        { source: 'gRPC pull request 19296', says: 'A benefit from 16 KiB on.' },
      ],
    },
    tests: [
      {
        lab: 'latency',
        asks: 'half of the replies of 100 bytes are there sooner with sendfile, by a fifth at least',
        judge: shortMuchSooner,
      },
    ],
    untested: [needsCard('the network of an exchange')],
  },
  {
    id: 'D11',
    statement: 'Sequential reading and writing is a reason why Kafka is fast.',
    saidBy: [4],
    sources: {
      verdict: 'conditional',
      why: 'Decisively on spinning disks. On solid ones what counts is large requests and reading ahead, not the order.',
      citations: [
        {
          source: `${DESIGN}, section 4.2`,
          says: 'Linear against random writing on disks of that time: more than 6000 to 1.',
        },
        { source: 'man posix_fadvise(2), NOTES', says: 'RANDOM switches reading ahead off.' },
      ],
    },
    tests: [
      {
        lab: 'sequential-read',
        asks: 'a file is read from the disk in less time in order than at random, in requests of 4 KiB',
        judge: orderIsFast,
      },
    ],
  },
  {
    id: 'D12',
    statement: 'Kafka has low latency because of sequential I/O and zero copy.',
    saidBy: [4],
    sources: {
      verdict: 'misleading',
      why: 'Its designers name many small operations first, and batching against them. Neither is about latency.',
      citations: [{ source: `${DESIGN}, section 4.3`, says: 'Batches of messages are worth orders of magnitude.' }],
    },
    tests: [
      {
        lab: 'latency',
        asks: 'half of the replies of 64 KiB from memory are there in half the time with sendfile',
        judge: halfTheLatency,
      },
      {
        lab: 'buffer-size',
        asks: 'zero copy takes more off the CPU for each byte than a call for 64 KiB instead of 100 bytes does',
        judge: moreThanBatching,
      },
    ],
  },
  {
    id: 'D13',
    statement: 'Other messaging platforms use the same techniques.',
    saidBy: [4],
    sources: {
      verdict: 'conditional',
      why: 'Related ones: RocketMQ maps its log and sends from the heap unless told otherwise.',
      citations: [{ source: 'Apache RocketMQ issues 2701 and 4137', says: 'How messages are sent, and why.' }],
    },
    untested: [noLab('it compares designs, and a table does that')],
  },
  {
    id: 'D14',
    statement: 'The gain is largest where messages come at high rates.',
    saidBy: [1],
    sources: {
      verdict: 'misleading',
      why: 'Zero copy saves for each byte; a rate of messages is work for each request, which batching saves.',
      citations: [{ source: `${DESIGN}, on small I/O`, says: 'Batching is the answer to many small messages.' }],
    },
    tests: [
      {
        lab: 'buffer-size',
        asks: 'sendfile saves a larger share of the CPU with messages of 100 bytes than with 1 MiB a call',
        judge: mostForSmallMessages,
      },
    ],
  },
];
