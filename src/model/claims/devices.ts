/** A, continued: sockets and devices on the way. */
import type { Claim } from './claim.ts';
import { loopsByCache } from './judge/calls.ts';
import { programBypassed } from './judge/kafka.ts';
import { leftOnReturn, vectoredShares } from './judge/pages.ts';
import { straightFromDisk } from './judge/sequential-read.ts';
import { needsCard } from './untested.ts';

const IBM = 'Palaniappan and Nagaraja, "Efficient data transfer through zero copy", IBM developerWorks, 2008';

export const devices: readonly Claim[] = [
  {
    id: 'A7',
    statement: 'Scatter-gather is the same as vectored I/O.',
    saidBy: [3],
    sources: {
      verdict: 'misleading',
      why: 'Two things share a name: what a network card can gather, and the shape of readv and writev. writev copies every byte.',
      citations: [
        {
          source: 'Linux 6.12, net/ipv4/tcp.c: tcp_sendmsg_locked',
          says: 'Gathering is a feature of the device (NETIF_F_SG).',
        },
        { source: 'man readv(2)', says: 'Several buffers in one call; nothing about sharing pages.' },
      ],
    },
    tests: [{ lab: 'shared-pages', asks: 'writev hands on pages as sendfile does', judge: vectoredShares }],
  },
  {
    id: 'A8',
    statement: 'DMA lets devices reach memory without the CPU; the NIC buffer is a buffer of bytes in the card.',
    saidBy: [3, 5],
    sources: {
      verdict: 'conditional',
      why: 'The device masters the bus itself. It fetches from host memory by descriptors, and its own buffer is a small queue.',
      citations: [
        { source: `${IBM}, steps 1 and 4`, says: 'Disk and card move the data by DMA.' },
        { source: 'Linux 6.12, drivers/net/loopback.c', says: 'On loopback no device moves anything.' },
      ],
    },
    untested: [needsCard()],
  },
  {
    id: 'A9',
    statement: 'The read steps are repeated when there is more to read than the page cache can hold.',
    saidBy: [3],
    sources: {
      verdict: 'false',
      why: "They are repeated for each of the program's buffers. The page cache can hold the whole file.",
      citations: [
        { source: 'man read(2)', says: 'Reads up to the count that the program asks for.' },
        { source: `${IBM}, its sample program`, says: 'Reads 4 KiB at a time, whatever is in the cache.' },
      ],
    },
    tests: [
      {
        lab: 'count-calls',
        asks: 'one cached file takes as many calls with a buffer of 4 KiB as with one of 64 KiB',
        judge: loopsByCache,
      },
    ],
  },
  {
    id: 'A10',
    statement: 'The program returns from its last call when the socket buffer has been copied to the network card.',
    saidBy: [3, 5],
    sources: {
      verdict: 'misleading',
      why: 'The call returns once the data is queued. The card fetches it later, by itself.',
      citations: [{ source: `${IBM}, step 4`, says: 'The last copy happens independently and asynchronously.' }],
    },
    tests: [
      {
        lab: 'shared-pages',
        asks: 'when the call returns, no byte of it waits in a socket any more',
        judge: leftOnReturn,
      },
    ],
  },
  {
    id: 'A11',
    statement: 'The Java program of the broker is bypassed entirely.',
    saidBy: [3, 5],
    sources: {
      verdict: 'misleading',
      why: 'Only the bytes of the records are. The broker parses the request, looks up the offset, builds headers and makes every sendfile call itself.',
      citations: [
        {
          source: 'Kafka 4.3.1, LogSegment.java: read',
          says: 'Looks up the offset in the index, then takes a slice of the log.',
        },
        {
          source: 'Kafka 4.3.1, PlaintextTransportLayer.java: transferFrom',
          says: 'A network thread calls transferTo.',
        },
      ],
    },
    tests: [
      {
        lab: 'kafka-calls',
        asks: 'while consumers fetch, the broker makes no call of sendfile itself and sends nothing from its own memory',
        judge: programBypassed,
      },
    ],
  },
  {
    id: 'A12',
    statement: 'Zero copy transfers directly from the disk to the network card.',
    saidBy: [1],
    sources: {
      verdict: 'misleading',
      why: 'The file goes from disk to memory and from there to the card. That memory is the point: one read from disk serves every consumer.',
      citations: [
        {
          source: 'Linux 6.12, mm/filemap.c: filemap_splice_read',
          says: 'sendfile takes pages from the page cache, after reading them in.',
        },
        {
          source: 'Kafka documentation, design, section 4.3',
          says: 'The cache is filled once and used for each consumption.',
        },
      ],
    },
    tests: [
      {
        lab: 'sequential-read',
        asks: 'when sendfile has sent a file that was on the disk, none of it is in memory',
        judge: straightFromDisk,
      },
    ],
  },
];
