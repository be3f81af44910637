/** E, continued: what it means for those who run Kafka. */
import type { Claim } from './claim.ts';
import { sendfileSparesAreas } from './judge/advice.ts';
import { neverStalls } from './judge/cold-read.ts';
import { muchWithoutZeroCopy } from './judge/kafka.ts';
import { storedAndServed } from './judge/log-broker.ts';
import { lessThanLinear } from './judge/slow-consumers.ts';
import { limitedAlike, substantialUnlimited } from './judge/slow-network.ts';
import { needsCard } from './untested.ts';

const DESIGN = 'Kafka documentation, design';
const OPERATIONS = 'Kafka documentation, operations';

export const deployments: readonly Claim[] = [
  {
    id: 'E9',
    statement: 'In most deployments it matters little: the network is full before the CPU is.',
    saidBy: [3, 5],
    sources: {
      verdict: 'conditional',
      why: 'A sound corrective and no law: many consumers, fast links, TLS or tiny batches make CPU the limit.',
      citations: [
        { source: 'AWS, right-sizing Apache Kafka clusters', says: 'Storage and network bound a cluster.' },
        {
          source: 'Apache Kafka issue KAFKA-2517',
          says: 'Losing zero copy was reported as a regression, and repaired.',
        },
      ],
    },
    tests: [
      {
        lab: 'slow-network',
        asks: "over a network of 1 Gbit/s the file takes as long either way, within 5 %, and read + write leaves a tenth of the sender's core free at least",
        judge: limitedAlike,
      },
    ],
    untested: [needsCard('which resource is the limit in most deployments')],
  },
  {
    id: 'E10',
    statement: 'Kafka performs well without zero copy too.',
    saidBy: [3, 5],
    sources: {
      verdict: 'conditional',
      why: 'Hundreds of MB/s over TLS, at several times the CPU for each byte.',
      citations: [
        { source: 'Kafka commit c552c06aed5 (KAFKA-9110)', says: 'Consuming over TLS rose from 260 to 300 MB/s.' },
      ],
    },
    tests: [
      {
        lab: 'kafka',
        asks: 'over TLS, by fetches of 1 MiB, one consumer gets more than a network of 1 Gbit/s carries, and a tenth at least of what it gets without',
        judge: muchWithoutZeroCopy,
      },
    ],
  },
  {
    id: 'E11',
    statement: 'Clusters can hold more partitions and topics.',
    saidBy: [1],
    sources: {
      verdict: 'false',
      why: 'Their number is bounded by descriptors, map areas, metadata and recovery. Zero copy touches none of them.',
      citations: [{ source: `${OPERATIONS}, operating system`, says: 'Two map areas a segment; counts descriptors.' }],
    },
    tests: [
      {
        lab: 'operating-advice',
        asks: 'a segment takes fewer map areas or descriptors when it is sent by sendfile than by read + write',
        judge: sendfileSparesAreas,
      },
    ],
  },
  {
    id: 'E12',
    statement: 'Fewer machines; growth without a linear rise in resources.',
    saidBy: [1],
    sources: {
      verdict: 'misleading',
      why: 'What is sent grows with the consumers. Less CPU for each byte is a smaller slope, and still a line.',
      citations: [
        { source: 'AWS, right-sizing Apache Kafka clusters', says: 'Throughput is linear in the number of brokers.' },
      ],
    },
    tests: [
      {
        lab: 'slow-consumers',
        asks: 'with sendfile, four times as many slow consumers take less than three times as much CPU',
        judge: lessThanLinear,
      },
    ],
  },
  {
    id: 'E13',
    statement: 'It makes the service more reliable.',
    saidBy: [1],
    sources: {
      verdict: 'misleading',
      why: 'Nothing supports it. Durability comes from replication, and cold sendfile is a known cause of stalls.',
      citations: [{ source: 'Apache Kafka issue KAFKA-7504', says: 'sendfile on cold data delays other clients.' }],
    },
    tests: [
      {
        lab: 'cold-read',
        asks: 'a request by sendfile for a file on the disk holds the thread no longer than twice as long as for one in memory',
        judge: neverStalls,
      },
    ],
  },
  {
    id: 'E14',
    statement: 'Zero copy brings substantial gains, above all in large deployments.',
    saidBy: [1, 2],
    sources: {
      verdict: 'conditional',
      why: 'It contradicts E9 only as a law: each is right where its resource is the limit.',
      citations: [
        {
          source: 'AWS, right-sizing Apache Kafka clusters',
          says: 'Which resource is the limit depends on the deployment.',
        },
      ],
    },
    tests: [
      {
        lab: 'slow-network',
        asks: 'over a network without a limit, sendfile takes a fifth less time and a fifth less CPU of both ends, at least',
        judge: substantialUnlimited,
      },
    ],
    untested: [needsCard('large deployments')],
  },
  {
    id: 'E15',
    statement: 'The basics of Kafka: messages, topics, partitions, replicas, consumer groups, and what they are for.',
    saidBy: [5],
    sources: {
      verdict: 'true',
      why: 'With more than one replica. Batches are missing: the batch is what sendfile moves.',
      citations: [{ source: `${DESIGN} and implementation`, says: 'Describe all of these, and batches.' }],
    },
    tests: [
      {
        lab: 'log-broker',
        asks: 'what a producer appends to a partition of a topic lies in its log as it came, and every way to fetch gives a consumer as much',
        judge: storedAndServed,
      },
    ],
  },
];
