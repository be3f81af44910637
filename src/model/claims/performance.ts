/** D. What it does for performance. */
import type { Citation, Claim } from './claim.ts';
import { about65PercentAtEveryBuffer } from './judge/buffer-size.ts';
import { steadier } from './judge/cold-read.ts';
import { nothingTwiceInMemory } from './judge/copies.ts';
import { leavesMoreCached } from './judge/cpu-cache.ts';
import { about65PercentOf2008 } from './judge/java-2008.ts';
import { sooner } from './judge/latency.ts';
import { lessMemory } from './judge/slow-consumers.ts';
import { moreForNeighbour, moreThroughLimited } from './judge/slow-network.ts';
import { about65PercentLessTime, lessCpu, lessTime } from './judge/times.ts';

const DESIGN = 'Kafka documentation, design';
const KAFKA_7504: Citation = {
  source: 'Apache Kafka issue KAFKA-7504',
  says: 'A network thread slept in sendfile on cold data, and producers waited 50 to 200 ms instead of under 20.',
};

export const performance: readonly Claim[] = [
  {
    id: 'D1',
    statement: 'Zero copy lowers CPU use.',
    saidBy: [1, 2],
    sources: {
      verdict: 'conditional',
      why: "At the sender, for large transfers. The whole system saves less, for protocol work and the receiver's copy remain.",
      citations: [
        {
          source: 'Linux commit f214f915e7db (MSG_ZEROCOPY)',
          says: 'Up to 70 % fewer cycles in the process, 20 % at best in the system.',
        },
      ],
    },
    tests: [
      {
        lab: 'file-to-socket',
        asks: 'over loopback TCP, sender and receiver together spend less CPU with sendfile than with read + write',
        judge: lessCpu,
      },
      {
        lab: 'slow-network',
        asks: "over a network of 10 Gbit/s, a neighbour on the sender's core gets more work done while the file is sent by sendfile",
        judge: moreForNeighbour,
      },
    ],
  },
  {
    id: 'D2',
    statement: 'It cuts the time by about 65 %.',
    saidBy: [4],
    sources: {
      verdict: 'misleading',
      why: 'A sentence of IBM from 2008 without its setting: a Java client that read 4 KiB at a time, below 200 MB/s. Its own table averages 57 %.',
      citations: [
        {
          source: 'Palaniappan and Nagaraja, IBM developerWorks, 2008, table 1',
          says: 'From 46 to 71 % for eight file sizes; only two of them above 65.',
        },
      ],
    },
    tests: [
      {
        lab: 'file-to-socket',
        asks: 'over loopback TCP, the same file arrives in 60 to 70 % less time with sendfile than with read + write',
        judge: about65PercentLessTime,
      },
      {
        lab: 'buffer-size',
        asks: 'it takes 60 to 70 % less time whether read + write has a buffer of 4 KiB, of 64 KiB or of 1 MiB',
        judge: about65PercentAtEveryBuffer,
      },
      {
        lab: 'java-2008',
        asks: "by the programs of IBM's article, files of 7, of 63 and of 200 MiB arrive in 60 to 70 % less time",
        judge: about65PercentOf2008,
      },
    ],
  },
  {
    id: 'D3',
    statement: 'Lower latency: with fewer steps the data reaches the network sooner.',
    saidBy: [1, 4],
    sources: {
      verdict: 'misleading',
      why: 'A copy of 64 KiB takes microseconds. Latency in Kafka is milliseconds, and set by batching, waiting, replication and flushing.',
      citations: [{ source: `${DESIGN}, section 4.3`, says: 'Argues with throughput, not with latency.' }],
    },
    tests: [
      {
        lab: 'latency',
        asks: 'half of the replies from memory are there sooner with sendfile, by a tenth at least: of 64 KiB, and of 100 bytes',
        judge: sooner,
      },
    ],
  },
  {
    id: 'D4',
    statement: 'Latency varies less.',
    saidBy: [1],
    sources: {
      verdict: 'false',
      why: 'sendfile to a socket that does not wait still waits for the disk, and delays everybody else on that thread.',
      citations: [
        KAFKA_7504,
        { source: 'nginx documentation, aio threads', says: 'Threads exist because sendfile would block.' },
      ],
    },
    tests: [
      {
        lab: 'cold-read',
        asks: 'nine of ten requests for files on the disk are over in a fifth less time with sendfile than with read + write',
        judge: steadier,
      },
    ],
  },
  {
    id: 'D5',
    statement: 'Higher throughput.',
    saidBy: [1, 2],
    sources: {
      verdict: 'conditional',
      why: "Only where the sender's CPU or memory is the limit. Where disk or network is, nothing moves.",
      citations: [
        {
          source: 'AWS, right-sizing Apache Kafka clusters',
          says: 'The limit is the least of storage and network; no CPU in the formula.',
        },
      ],
    },
    tests: [
      {
        lab: 'file-to-socket',
        asks: 'over loopback TCP, where CPU is the limit, the same file arrives in less time with sendfile than with read + write',
        judge: lessTime,
      },
      {
        lab: 'slow-network',
        asks: 'over a network of 1 Gbit/s, which is the limit, it arrives in less time as well, by 5 % at least',
        judge: moreThroughLimited,
      },
    ],
  },
  {
    id: 'D6',
    statement: 'Less memory: fewer buffers are needed.',
    saidBy: [1, 2],
    sources: {
      verdict: 'true',
      why: 'The strongest practical argument: any number of slow consumers share the same pages.',
      citations: [
        { source: `${DESIGN}, section 4.3`, says: 'The cache is filled once and used again for each consumer.' },
      ],
    },
    tests: [
      {
        lab: 'count-copies',
        asks: 'with sendfile nothing of the payload is copied into the memory of a socket, with read + write all of it is',
        judge: nothingTwiceInMemory,
      },
      {
        lab: 'slow-consumers',
        asks: '200 consumers that do not read hold less memory when they were sent to by sendfile than by read + write',
        judge: lessMemory,
      },
    ],
  },
  {
    id: 'D7',
    statement: "The CPU's cache is used better.",
    saidBy: [1],
    sources: {
      verdict: 'true',
      why: 'Reading and writing streams the payload through the cache twice, and drives out what others had there.',
      citations: [
        { source: 'Long, MeetBSD 2014', says: 'Names the thrashed cache as the cost of serving by copying.' },
      ],
    },
    tests: [
      {
        lab: 'cpu-cache',
        asks: 'after 1 MiB was moved, an access to 256 KiB of other memory takes less time when sendfile has moved it than when read + write has',
        judge: leavesMoreCached,
      },
    ],
  },
];
