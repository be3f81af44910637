/** F. What is advised for operating Kafka. */
import type { Claim } from './claim.ts';
import { needsLab, noLab } from './untested.ts';

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
    untested: [needsLab('operating-advice')],
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
    untested: [needsLab('operating-advice')],
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
    untested: [needsLab('operating-advice')],
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
    untested: [needsLab('operating-advice')],
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
    untested: [needsLab('operating-advice')],
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
