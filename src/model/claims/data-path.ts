/** A. What zero copy is, and the way that the data takes. */
import type { Claim } from './claim.ts';
import { fourBecomeTwo } from './judge/calls.ts';
import { neverAtSender, twiceAtSender } from './judge/copies.ts';
import { bypassesQueue, sharesPages } from './judge/pages.ts';
import { pointersOnly, sharedOverEveryDevice } from './judge/wire.ts';
import { needsCard, noLab } from './untested.ts';

const IBM = 'Palaniappan and Nagaraja, "Efficient data transfer through zero copy", IBM developerWorks, 2008';

export const dataPath: readonly Claim[] = [
  {
    id: 'A1',
    statement: 'Zero copy avoids the unnecessary copies; it does not mean that nothing is ever copied.',
    saidBy: [2, 3, 5],
    sources: {
      verdict: 'true',
      why: 'It is the only definition that fits what the kernel does: the CPU does not touch the payload on its way.',
      citations: [
        {
          source: `${IBM}, section on the zero-copy approach`,
          says: 'Two transfers by devices remain and are counted.',
        },
        {
          source: 'man splice(2), NOTES',
          says: 'Data is "copied" by adding references to pages, not by moving bytes.',
        },
      ],
    },
    tests: [
      {
        lab: 'shared-pages',
        asks: "sendfile hands on the pages of the file, where read + write hands on a copy of the program's",
        judge: sharesPages,
      },
    ],
    untested: [noLab('a definition is agreed on, not measured', 'the definition itself')],
  },
  {
    id: 'A2',
    statement: 'Sending a file by reading and writing copies it four times: two by devices, two by the CPU.',
    saidBy: [1, 2, 3, 4, 5],
    sources: {
      verdict: 'conditional',
      why: 'Four for a file that is not in memory, a native buffer and a card with DMA. A file that is in memory saves the disk; a Java heap buffer adds two.',
      citations: [
        { source: `${IBM}, steps 1 to 4`, says: 'Counts two transfers by DMA and two copies by the CPU.' },
        {
          source: 'Kafka documentation, design, section 4.3',
          says: 'Four copies, and no reading from disk for consumers that keep up.',
        },
        { source: 'JDK 25, sun.nio.ch.IOUtil.write', says: 'A heap buffer is first copied to a temporary direct one.' },
      ],
    },
    tests: [
      {
        lab: 'count-copies',
        asks: 'at the sender the CPU copies each byte twice with read + write: into the program, and into the kernel',
        judge: twiceAtSender,
      },
    ],
    untested: [needsCard('the two transfers by disk and card (DMA)')],
  },
  {
    id: 'A3',
    statement: 'Four context switches become two.',
    saidBy: [2, 3, 5],
    sources: {
      verdict: 'misleading',
      why: "What falls are crossings into the kernel, four to two for each buffer and not for each file. Context switches are the scheduler's, and can rise.",
      citations: [
        { source: `${IBM}, figures 2 and 4`, says: 'Calls the crossings of two system calls context switches.' },
        {
          source: 'Linux 6.12, fs/splice.c: splice_direct_to_actor',
          says: 'One sendfile call goes round inside the kernel for the whole count.',
        },
      ],
    },
    tests: [
      {
        lab: 'count-calls',
        asks: 'over every link a transfer makes 4 switches (or 4 crossings) with read + write, and 2 with sendfile',
        judge: fourBecomeTwo,
      },
    ],
  },
  {
    id: 'A4',
    statement: 'With zero copy two copies remain, both by devices: disk to kernel, and kernel to network card.',
    saidBy: [1, 2, 3, 4, 5],
    sources: {
      verdict: 'conditional',
      why: 'Only where the device gathers fragments and computes checksums; otherwise the kernel copies once more. With the file in memory one remains.',
      citations: [
        { source: IBM, says: 'Without a card that gathers there are three copies, one of them by the CPU.' },
        {
          source: 'Linux 6.12, net/ipv4/tcp.c: tcp_sendmsg_locked',
          says: 'Takes page references only where the route offers scatter-gather.',
        },
        {
          source: 'Linux 6.12, net/core/dev.c: skb_checksum_help',
          says: 'Copies shared fragments before it computes their checksum.',
        },
      ],
    },
    tests: [
      {
        lab: 'count-copies',
        asks: 'at the sender the CPU copies nothing with sendfile, and every byte goes on as a reference to its page',
        judge: neverAtSender,
      },
      {
        lab: 'scatter-gather',
        asks: "the packets of sendfile hold the file's own pages whatever the device can do, also when it cannot gather",
        judge: sharedOverEveryDevice,
      },
    ],
    untested: [needsCard('the two transfers by disk and card (DMA)')],
  },
  {
    id: 'A5',
    statement: 'With zero copy the data bypasses the socket buffer.',
    saidBy: [1, 3, 4, 5],
    sources: {
      verdict: 'misleading',
      why: "The bytes skip the socket's memory and still go through its queue: as references, charged to its limit, held until the peer has acknowledged.",
      citations: [
        {
          source: 'Linux 6.12, net/core/skbuff.c: skb_splice_from_iter',
          says: 'Appends pages to the queued buffer as fragments.',
        },
        { source: 'man sendfile(2), NOTES', says: 'The range must stay as it is until the far end has taken it.' },
      ],
    },
    tests: [
      {
        lab: 'shared-pages',
        asks: 'sendfile leaves nothing in a socket that nobody has read from',
        judge: bypassesQueue,
      },
    ],
  },
  {
    id: 'A6',
    statement: 'The socket buffer holds only pointers to the data; one tiny copy of pointers by the CPU remains.',
    saidBy: [3, 5],
    sources: {
      verdict: 'conditional',
      why: 'The picture is right. "Tiny" hides work for each page, which is why small transfers gain nothing.',
      citations: [
        {
          source: 'Linux 6.12, mm/filemap.c: splice_folio_into_pipe',
          says: 'Takes a reference and an entry for each part of a page.',
        },
      ],
    },
    tests: [
      {
        lab: 'count-copies',
        asks: 'with sendfile every byte is queued as a reference, and none is copied at the sender',
        judge: neverAtSender,
      },
      {
        lab: 'scatter-gather',
        asks: 'what a device that gathers is given are pages of the file, where read + write gives it a copy',
        judge: pointersOnly,
      },
    ],
  },
];
