/** F. What is advised for operating Kafka. */
import type { Claim } from './claim.ts';
import { bufferMatters, refusedAtLimit, smallHeapSparesDisk, usedMeansShort, waitFindsIt } from './judge/advice.ts';
import { noLab } from './untested.ts';

const OPERATIONS = 'Kafka documentation, operations';

export const operations: readonly Claim[] = [
  {
    id: 'F1',
    statement: 'Tune vm.max_map_count and the number of file descriptors.',
    saidBy: [2],
    sources: {
      verdict: 'true',
      why: 'Each segment takes two map areas, and a broker that runs out of them crashes.',
      citations: [
        {
          source: `${OPERATIONS}, operating system`,
          says: 'At least 100,000 descriptors; how many maps a broker needs.',
        },
      ],
    },
    tests: [
      {
        lab: 'operating-advice',
        asks: 'a process that maps as a broker does is refused another area at vm.max_map_count',
        judge: refusedAtLimit,
      },
    ],
  },
  {
    id: 'F2',
    statement: 'Keep the heap modest and leave memory to the page cache.',
    saidBy: [2],
    sources: {
      verdict: 'true',
      why: 'Consumers that keep up are served from the page cache, which is what the heap leaves over.',
      citations: [
        { source: `${OPERATIONS}, Java version`, says: 'An example with 6 GB of heap.' },
        {
          source: 'Kafka documentation, design, section 4.2',
          says: 'Up to 28 to 30 GB of cache on a machine with 32.',
        },
      ],
    },
    tests: [
      {
        lab: 'operating-advice',
        asks: 'under the same limit of memory a large heap has a file read from disk again that stays in memory beside a small one',
        judge: smallHeapSparesDisk,
      },
    ],
  },
  {
    id: 'F3',
    statement: 'Tune the sizes of the socket buffers.',
    saidBy: [2],
    sources: {
      verdict: 'true',
      why: 'Setting one switches the tuning by the kernel off, so 100 KiB can hurt on long, fast links.',
      citations: [
        {
          source: 'Kafka, SocketServerConfigs.java',
          says: '100 KiB for sending and receiving; -1 leaves it to the system.',
        },
        { source: 'Linux 6.12, net/core/sock.c', says: 'A size that was set is locked (SOCK_SNDBUF_LOCK).' },
      ],
    },
    tests: [
      {
        lab: 'operating-advice',
        asks: 'with a send buffer of 100 KiB a file takes at least half as many calls again as with one that the kernel sizes',
        judge: bufferMatters,
      },
    ],
  },
  {
    id: 'F4',
    statement: 'Alert at 70 % CPU or 80 % memory.',
    saidBy: [2],
    sources: {
      verdict: 'misleading',
      why: 'No source has these numbers. The page cache fills the memory by design; and CPU needs room for the load of a broker that fails.',
      citations: [
        { source: 'AWS re:Post, high CPU of MSK brokers', says: 'Keep user and system together below 60 %.' },
      ],
    },
    tests: [
      {
        lab: 'operating-advice',
        asks: 'reading a file, which takes nothing from any program, does not raise the memory in use',
        judge: usedMeansShort,
      },
    ],
  },
  {
    id: 'F5',
    statement: 'Find bottlenecks by looking at I/O wait.',
    saidBy: [2],
    sources: {
      verdict: 'misleading',
      why: 'It counts idle time, and falls to nothing as soon as anybody else uses the processor. Pressure (PSI) tells it.',
      citations: [
        { source: 'Linux documentation, filesystems/proc.rst, iowait', says: 'The number is not reliable, and why.' },
      ],
    },
    tests: [
      {
        lab: 'operating-advice',
        asks: 'I/O wait shows at least half of the time in which a program waits for the disk, also beside one that computes',
        judge: waitFindsIt,
      },
    ],
  },
  {
    id: 'F6',
    statement: 'Security: watch for leaked descriptors, plan capacity, keep backups.',
    saidBy: [2],
    sources: {
      verdict: 'misleading',
      why: 'None of it is about security. TLS against zero copy, and pages that others can change, would be.',
      citations: [{ source: 'CVE-2022-0847 (Dirty Pipe)', says: 'A bug in just this handling of page references.' }],
    },
    untested: [noLab('it is advice on what to think of, and nothing to count')],
  },
  {
    id: 'F7',
    statement: 'Track CPU, memory and I/O; balance memory against performance.',
    saidBy: [2],
    sources: {
      verdict: 'conditional',
      why: 'True of any service. For Kafka: disk reads, idle share of its threads, heap after collection, lag of consumers.',
      citations: [{ source: `${OPERATIONS}, monitoring`, says: 'Lists the metrics of a broker, with normal values.' }],
    },
    untested: [noLab('it is advice for any service, and nothing to count')],
  },
];
