/**
 * Which system calls does Apache Kafka make to serve, to store, to replicate and to move records?
 *
 * Shows: one broker of Apache Kafka, for some scenes two, under strace: fetches without encryption and with TLS, of
 * compressed and of very small batches; producing; rolling segments; replication to a follower; a partition that moves to
 * another broker, from memory and from the disk. For each which bytes of the log left by sendfile, which ones the broker read, and which files it mapped.
 * Leaves out: how long anything takes, for which there is the lab kafka; tiered storage; clients older than release 2.1,
 * whose protocol Kafka 4 does not speak.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { countKafka } from './kafka/count.ts';

const MiB = 2 ** 20;

const cost = { seconds: 40, diskBytes: 512 * MiB, memoryBytes: 2048 * MiB };

const lab = defineLab({
  id: 'kafka-calls',
  kind: 'count',
  beside: true,
  title: 'Apache Kafka, call by call',
  question: 'Which records does Apache Kafka send by sendfile, and what does it do with all others?',
  first: null,
  shows: [
    'which bytes of the log left by sendfile, and which the broker read: without encryption, with TLS, for a follower, for a partition that moves',
    'that compressed batches leave as they lie on disk',
    'which files are mapped, and when the log is synced to disk',
    'that network threads themselves wait for the disk where a partition moves that is not in memory',
  ],
  leavesOut: ['how long anything takes', 'tiered storage', 'clients whose protocol Kafka 4 does not speak any more'],
  needs: [
    { need: 'strace, and leave to trace', without: 'nothing of it can run' },
    { need: 'Java, 17 or newer', without: 'nothing of it can run' },
    { need: "Apache Kafka's jars: Maven, which brings them, or KAFKA_HOME", without: 'nothing of it can run' },
    { need: 'openssl, for a certificate', without: 'Kafka is not asked with TLS' },
    { need: 'a work folder on a disk', without: 'no partition moves from the disk' },
  ],
  variants: {
    plaintext: 'fetch, PLAINTEXT',
    tls: 'fetch, TLS 1.3',
    compressed: 'fetch, gzip by the producer',
    'small-batches': 'fetch, batches of one record',
    produce: 'produce',
    roll: 'produce, segments roll',
    follower: 'replicate to a follower',
    reassign: 'move to another broker',
    'reassign-cold': 'move to another broker, from the disk',
  },
  baseline: 'plaintext',
  answer: {
    shape: 'facts',
    columns: [
      'extra.recordBytes',
      'extra.sendfileBytes',
      'extra.sendfileCalls',
      'extra.logReadBytes',
      'extra.mappedIndexes',
      'extra.mappedLogs',
    ],
    says:
      'Of {plaintext.extra.recordBytes} of records, sendfile sends {plaintext.extra.sendfileBytes} without encryption and ' +
      '{tls.extra.sendfileBytes} with TLS; {follower.extra.sendfileBytes} to a follower. Producing makes ' +
      '{produce.extra.sendfileCalls} calls of it. The broker maps {plaintext.extra.mappedIndexes} indexes and ' +
      '{plaintext.extra.mappedLogs} log files.',
  },
  quantities: {
    recordBytes: { title: 'records', unit: 'bytes' },
    requests: { title: 'requests', unit: 'count' },
    batches: { title: 'batches', unit: 'count' },
    compressedBatches: { title: 'batches that are compressed', unit: 'count' },
    sendfileCalls: { title: 'sendfile', unit: 'count' },
    sendfileBytes: { title: 'of the log by sendfile', unit: 'bytes' },
    flowBytes: { title: 'of the log as it is', unit: 'bytes' },
    logReadBytes: { title: 'of the log read', unit: 'bytes' },
    networkDiskBytes: { title: 'fetched from the disk by network threads', unit: 'bytes' },
    memoryBytes: { title: "from the broker's memory", unit: 'bytes' },
    readCalls: { title: 'reads', unit: 'count' },
    writeCalls: { title: 'writes', unit: 'count' },
    mappedIndexes: { title: 'indexes mapped', unit: 'count' },
    mappedLogs: { title: 'log files mapped', unit: 'count' },
    rolls: { title: 'rolls', unit: 'count' },
    logSyncs: { title: 'syncs of the log', unit: 'count' },
  },
  cost: { quick: cost, default: { ...cost, seconds: 90 }, full: { ...cost, seconds: 240 } },
  run: countKafka({
    bytes: { quick: 4 * MiB, default: 32 * MiB, full: 64 * MiB },
    rounds: { quick: 1, default: 2, full: 3 },
  }),
});

export default lab;

runFile(import.meta, lab);
