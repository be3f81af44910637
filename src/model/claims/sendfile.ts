/** C. What is said of sendfile. */
import type { Claim } from './claim.ts';
import { fewerCalls, wholeFileOnly } from './judge/calls.ts';
import { sendfileForLarge } from './judge/file-size.ts';
import { onceIsEnough, transferToIsSendfile } from './judge/java.ts';
import { programCannotEdit } from './judge/pages.ts';
import { cheapestWay } from './judge/times.ts';
import { noLab } from './untested.ts';

export const sendfile: readonly Claim[] = [
  {
    id: 'C1',
    statement: 'sendfile came with Linux 2.1.',
    saidBy: [2],
    sources: {
      verdict: 'conditional',
      why: '2.1 was the development series; the first stable kernel with it is 2.2, which is what the manual says.',
      citations: [{ source: 'man sendfile(2), VERSIONS', says: 'Names Linux 2.2.' }],
    },
    untested: [noLab('it is history, and the manual has it')],
  },
  {
    id: 'C2',
    statement: "sendfile moves data between file descriptors, and Java reaches it through FileChannel's transferTo.",
    saidBy: [2, 4],
    sources: {
      verdict: 'conditional',
      why: 'transferTo is a ladder of which only the top rung is zero copy: a wrapped channel silently copies.',
      citations: [
        { source: 'man sendfile(2)', says: 'The source must be mappable, so no socket; the target may be any file.' },
        {
          source: 'JDK 25, FileChannelImpl.transferTo',
          says: 'Direct transfer, else mapped windows, else a loop over a heap buffer.',
        },
      ],
    },
    tests: [
      {
        lab: 'java-nio',
        asks: "sendfile alone carries every byte that transferTo sends to Java's own socket channel, which may wait or not",
        judge: transferToIsSendfile,
      },
    ],
  },
  {
    id: 'C3',
    statement: 'sendfile is ideal for large files and the more efficient kind of zero copy.',
    saidBy: [2],
    sources: {
      verdict: 'conditional',
      why: 'For each byte, while the file is in memory or the caller may wait. Files larger than memory wash out the page cache.',
      citations: [
        { source: 'nginx documentation, directio and aio', says: 'Offers both instead of sendfile from a size on.' },
      ],
    },
    tests: [
      {
        lab: 'file-to-socket',
        asks: 'for a large file in memory, over loopback TCP, sendfile costs less CPU than read + write and than mmap + write',
        judge: cheapestWay,
      },
      {
        lab: 'file-size',
        asks: 'for a file of 1 MiB that is opened, sent and closed, sendfile costs less CPU than read + write and than mmap + write',
        judge: sendfileForLarge,
      },
    ],
  },
  {
    id: 'C4',
    statement: 'With sendfile a program cannot modify the data that it sends.',
    saidBy: [2],
    sources: {
      verdict: 'true',
      why: 'The dangerous half is missing: whoever writes to the file can, even after the call has returned.',
      citations: [
        { source: 'man sendfile(2), NOTES', says: 'Callers must leave the range alone until it has been taken.' },
      ],
    },
    tests: [
      {
        lab: 'shared-pages',
        asks: 'the program calls sendfile and nothing else, so the bytes never pass through its memory',
        judge: programCannotEdit,
      },
    ],
  },
  {
    id: 'C5',
    statement: 'sendfile transfers whole files only.',
    saidBy: [2],
    sources: {
      verdict: 'false',
      why: 'It takes an offset and a count, and Kafka sends slices. One call cannot even do a whole file above 2 GiB.',
      citations: [
        { source: 'man sendfile(2)', says: 'offset and count; at most 0x7ffff000 bytes a call.' },
        { source: 'Kafka 4.3.1, FileRecords.java: slice', says: 'A fetch sends a part of a segment.' },
      ],
    },
    tests: [
      {
        lab: 'count-calls',
        asks: 'asked for 4 KiB at a time, sendfile makes one call all the same, for the whole file',
        judge: wholeFileOnly,
      },
    ],
  },
  {
    id: 'C6',
    statement: "The transferTo lines show zero copy as Kafka does it: from one file's name to another's.",
    saidBy: [2],
    sources: {
      verdict: 'misleading',
      why: 'They copy a file to a file, ignore how much was transferred and close nothing. Of 3 GiB they copy 2 GiB without an error.',
      citations: [
        { source: 'JDK 25, FileChannel.transferTo', says: 'May transfer fewer bytes than were asked for.' },
        { source: 'JDK 25, FileDispatcherImpl.maxDirectTransferSize', says: 'At most 0x7ffff000 bytes a call.' },
      ],
    },
    tests: [
      {
        lab: 'java-nio',
        asks: 'one call of transferTo, as in these lines, transfers the whole of a file of 3 GiB',
        judge: onceIsEnough,
      },
    ],
  },
  {
    id: 'C7',
    statement: 'sendfile makes fewer system calls.',
    saidBy: [2, 3, 5],
    sources: {
      verdict: 'true',
      why: 'One call may send everything. On a socket that does not wait, a call takes only what fits into the send buffer.',
      citations: [
        { source: 'Kafka, SocketServerConfigs.java', says: 'The send buffer has 100 KiB unless it is set.' },
        {
          source: 'Linux 6.12, fs/splice.c: splice_direct_to_actor',
          says: 'Loops inside the kernel until the count is met.',
        },
      ],
    },
    tests: [
      {
        lab: 'count-calls',
        asks: 'over each link sendfile makes fewer calls for a file than read + write with a buffer of 64 KiB',
        judge: fewerCalls,
      },
    ],
  },
];
