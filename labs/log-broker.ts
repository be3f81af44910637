/**
 * What does zero copy change in a log broker?
 *
 * Shows: a broker that speaks Kafka's protocol (src/broker), and the CPU time that it spends on a GiB that consumers fetch
 * from it, by copying, from a mapping, by sendfile and over TLS, for fetches of 64 KiB to 8 MiB. Beside it two loops in C
 * that answer the same request and do nothing else, and the calls that carried what was produced and fetched.
 * Leaves out: what other brokers do besides (replication, transactions, quotas), a network, and consumers that look at
 * what comes: ours throws it away.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { parts } from './broker/asks.ts';
import { timeBroker } from './broker/time-broker.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** A part at each size of fetch. */
const fetches = (part: string, sizes: readonly number[]) => sizes.map((fetchBytes) => ({ part, fetchBytes }));
/** One batch a fetch: batches of so many bytes. */
const batches = (sizes: readonly number[]) =>
  sizes.map((batchBytes) => ({ part: parts.batches, fetchBytes: batchBytes, batchBytes }));
const crowds = (counts: readonly number[]) =>
  counts.map((consumers) => ({ part: parts.many, fetchBytes: MiB, consumers }));
const small = [parts.alone, parts.beside].map((part) => ({ part, fetchBytes: KiB, batchBytes: 1000 }));
/** 400 MiB of answers that nobody reads. */
const stalled = { part: parts.slow, fetchBytes: 2 * MiB, consumers: 200 };
/** Where it turns at 64 KiB: what else than the path decides. */
const turns = [parts.aligned, parts.buffer, parts.bbr, parts.copies].flatMap((part) => fetches(part, [64 * KiB]));

const lab = defineLab({
  id: 'log-broker',
  kind: 'time',
  title: 'A log broker with and without zero copy',
  question: 'What does zero copy change in a log broker that speaks the protocol of Kafka?',
  first: 6,
  shows: [
    'CPU time of the broker a GiB that consumers fetch: by copying, from a mapping, by sendfile, over TLS, and by loops in C that do nothing else',
    'which calls carried what was produced into the log, and what was fetched out of it, by strace',
  ],
  leavesOut: [
    'what a broker does besides: replication, transactions, quotas',
    'a network',
    'consumers that look at what comes',
  ],
  needs: [
    { need: 'openssl, for a certificate', without: 'the broker is not asked with TLS' },
    { need: 'a C compiler', without: 'there are no loops in C to compare with' },
    { need: 'strace, and leave to trace', without: "the broker's calls stay unknown" },
  ],
  variants: {
    copying: 'copying',
    mapped: 'mapped',
    sendfile: 'sendfile',
    'sendfile-waits': 'sendfile that waits for the disk',
    tls: 'TLS',
    'bare-copying': 'copy loop in C',
    'bare-sendfile': 'sendfile loop in C',
  },
  baseline: 'copying',
  answer: { shape: 'crossover', measure: 'senderCpuNs', per: 'GiB', along: 'fetchBytes' },
  quantities: {
    operations: { title: 'Fetches', unit: 'count' },
    receives: { title: 'Receives a fetch', unit: 'count' },
    wholeBytes: { title: 'In whole batches', unit: 'bytes' },
    takenBytes: { title: 'Taken from sockets', unit: 'bytes' },
    appendedBytes: { title: 'Written to the log', unit: 'bytes' },
    syncs: { title: 'fsync', unit: 'count' },
    readBytes: { title: 'Read from the log', unit: 'bytes' },
    sendfileBytes: { title: 'Sent by sendfile', unit: 'bytes' },
    writtenBytes: { title: 'Sent from memory', unit: 'bytes' },
    trafficCalls: { title: 'Calls that moved them', unit: 'count' },
    memoryBytes: { title: 'Memory held', unit: 'bytes' },
    availableBytes: { title: 'MemAvailable fell by', unit: 'bytes' },
    queuedBytes: { title: 'Charged to TCP queues', unit: 'bytes' },
    processBytes: { title: 'Grown in the broker', unit: 'bytes' },
  },
  factors: { part: '{}', fetchBytes: 'fetches of {}', batchBytes: 'batches of {}', consumers: '{} consumers' },
  cost: {
    quick: { seconds: 30, diskBytes: 40 * MiB, memoryBytes: 400 * MiB },
    default: { seconds: 300, diskBytes: 200 * MiB, memoryBytes: 1200 * MiB },
    full: { seconds: 900, diskBytes: 600 * MiB, memoryBytes: 1200 * MiB },
  },
  run: timeBroker({
    quick: {
      rounds: 9,
      topicBytes: 32 * MiB,
      sampleBytes: 40 * MiB,
      oneBytes: 64 * MiB,
      mostFetches: 192,
      warmBytes: 256 * MiB,
      settings: [...fetches(parts.one, [64 * KiB, MiB]), ...fetches(parts.aligned, [64 * KiB]), ...crowds([8])],
    },
    default: {
      rounds: 21,
      topicBytes: 64 * MiB,
      sampleBytes: 48 * MiB,
      oneBytes: 128 * MiB,
      warmBytes: 2 * GiB,
      settings: [
        ...fetches(parts.one, [64 * KiB, 256 * KiB, MiB, 8 * MiB]),
        ...turns,
        ...crowds([1, 4, 16]),
        ...fetches(parts.disk, [MiB]),
        ...batches([1000]),
        ...small,
        stalled,
      ],
    },
    full: {
      rounds: 21,
      topicBytes: 256 * MiB,
      sampleBytes: 256 * MiB,
      oneBytes: 256 * MiB,
      warmBytes: 10 * GiB,
      settings: [
        ...fetches(parts.one, [16 * KiB, 64 * KiB, 256 * KiB, MiB, 8 * MiB]),
        ...turns,
        ...crowds([1, 4, 16, 64]),
        ...fetches(parts.disk, [64 * KiB, MiB]),
        ...batches([1000, 4000]),
        ...small,
        stalled,
      ],
    },
  }),
});

export default lab;

runFile(import.meta, lab);
