/** B. What is said of mmap: what it is, and for which files. */
import type { Claim } from './claim.ts';
import { mappedWithoutCopy } from './judge/copies.ts';
import { mmapBelowOneMegabyte, mmapWinsSmall } from './judge/file-size.ts';
import { recordsByMmap } from './judge/kafka.ts';
import { reachesKernel } from './judge/mmap-read.ts';
import { mappingShares } from './judge/pages.ts';

export const KAFKA_MAPS = {
  source: 'Kafka 4.3.1, AbstractIndex.java and TimeIndex.java',
  says: 'The only files that are mapped are indexes; segments of the log are plain file channels.',
};

export const mmap: readonly Claim[] = [
  {
    id: 'B1',
    statement: "Kafka's zero copy rests on two things: mmap and sendfile.",
    saidBy: [2],
    sources: {
      verdict: 'false',
      why: 'Data of messages never goes through mmap. It backs the index files only.',
      citations: [KAFKA_MAPS],
    },
    tests: [
      {
        lab: 'kafka-calls',
        asks: 'files that hold records are mapped while they are fetched',
        judge: recordsByMmap,
      },
    ],
  },
  {
    id: 'B2',
    statement: 'mmap lets a program reach kernel memory directly.',
    saidBy: [2],
    sources: {
      verdict: 'misleading',
      why: "Pages of the page cache are mapped into the program's own address range. The kernel's stays out of reach.",
      citations: [
        { source: 'man mmap(2)', says: 'Makes a mapping in the address space of the calling process.' },
        {
          source: 'Linux 6.12, mm/filemap.c: filemap_map_pages',
          says: 'Enters pages of the cache into the page table of the process.',
        },
      ],
    },
    tests: [
      {
        lab: 'mmap-read',
        asks: 'through a mapping a program changes what others read of the file, without any call, and can read an address of the kernel',
        judge: reachesKernel,
      },
    ],
  },
  {
    id: 'B3',
    statement: 'mmap removes the copy between kernel and program.',
    saidBy: [2],
    sources: {
      verdict: 'conditional',
      why: 'True for a program that reads. As a way to send, one of two copies remains: writing the mapping to a socket copies it.',
      citations: [
        {
          source: 'Linux 6.12, net/ipv4/tcp.c: tcp_sendmsg_locked',
          says: 'Copies what comes from the memory of a program.',
        },
        {
          source: 'JDK 25, FileChannelImpl.transferToTrustedChannel',
          says: 'Maps 8 MiB at a time and writes them: a fallback, not zero copy.',
        },
      ],
    },
    tests: [
      {
        lab: 'count-copies',
        asks: 'reading: with mmap nothing is copied from the page cache to the program',
        judge: mappedWithoutCopy,
      },
      {
        lab: 'shared-pages',
        asks: "sending: what is written from a mapping are the file's own pages",
        judge: mappingShares,
      },
    ],
  },
  {
    id: 'B4',
    statement: 'mmap is particularly good for small files.',
    saidBy: [2],
    sources: {
      verdict: 'false',
      why: 'Mapping, faults and unmapping cost the same for few bytes as for many, so small files are where mmap loses.',
      citations: [
        {
          source: 'JDK 25, FileChannel.map',
          says: 'Mapping costs more than reading some tens of KiB; it pays for relatively large files.',
        },
      ],
    },
    tests: [
      {
        lab: 'file-size',
        asks: 'to look at a file of 4 KiB and of 16 KiB, mapping it costs less CPU than reading it',
        judge: mmapWinsSmall,
      },
    ],
  },
  {
    id: 'B5',
    statement: 'Use mmap for files under 1 MB, and sendfile for larger ones.',
    saidBy: [2],
    sources: {
      verdict: 'false',
      why: 'No source has such a threshold, and the two do different things: sendfile moves bytes unseen, mmap lets a program look at them.',
      citations: [
        {
          source: 'Kafka 4.3.1, FileRecords.java: writeTo',
          says: 'Sends every slice by transferFrom, whatever its size.',
        },
        { source: 'Kafka 4.3.1, AbstractIndex.java', says: 'Maps every index, whatever its size.' },
      ],
    },
    tests: [
      {
        lab: 'file-size',
        asks: 'mmap + write costs less CPU than sendfile for files of 4 to 256 KiB, and sendfile less for 1 MiB',
        judge: mmapBelowOneMegabyte,
      },
    ],
  },
];
