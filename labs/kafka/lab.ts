/**
 * What does a fetch cost Apache Kafka with zero copy, and without?
 *
 * Shows: one Apache Kafka of one node, asked for the same records by a listener without encryption, where the log goes
 * out by sendfile, and by one with TLS, where it cannot. For each the CPU time of the broker a GiB of records, that of its
 * network threads apart, and the throughput of one consumer; and, while nobody looks at the clock, the system calls. Beside
 * it stand a loop in C that only answers this one request, and our own broker (src/broker): what the same path costs when
 * little else is done, and nothing else.
 * Leaves out: a network, many consumers, records that are not in memory. Kafka has no switch for zero copy: what TLS adds
 * is the encryption as well as the copies. Our own broker has a switch: lab log-broker.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { timeKafka } from './crew.ts';
import { yourCluster } from './your-cluster.ts';

const KiB = 2 ** 10;
const MiB = 2 ** 20;
const GiB = 2 ** 30;

const lab = defineLab({
  id: 'kafka',
  kind: 'time',
  title: 'Apache Kafka, with sendfile and with TLS',
  question: 'What does a fetch cost Apache Kafka where the log goes out by sendfile, and where TLS forbids that?',
  first: null,
  shows: [
    'CPU time of the broker a GiB of records, by listener and size of a fetch, and that of its network threads apart',
    'what it is when the kernel sizes the send buffer (socket.send.buffer.bytes=-1)',
    'throughput of one consumer that waits for each answer',
    'what went out by sendfile, by strace, in a pass without a clock; which files of the log are mapped',
    'what the same records cost by sendfile when a server does little else (our broker), or nothing else (a loop in C)',
  ],
  leavesOut: [
    'what the copies cost without the encryption: Kafka has no switch for zero copy',
    'a network, and many consumers',
    'records that are not in memory',
    'how good a broker ours is: it has no replication, transactions, idempotence, quotas, access control, compaction or metrics, whose upkeep is in the figures of Apache Kafka',
  ],
  needs: [
    { need: 'Java, 17 or newer', without: 'nothing of it can run' },
    { need: "Apache Kafka's jars: Maven, which brings them, or KAFKA_HOME", without: 'nothing of it can run' },
    { need: 'openssl, for a certificate', without: 'Kafka is not asked with TLS' },
    { need: 'a C compiler', without: 'there is no loop in C beside it' },
    { need: 'strace, and leave to trace', without: 'the calls stay unknown' },
    { need: 'iproute2 and a network of its own', without: "connections have the machine's congestion control" },
  ],
  variants: {
    plaintext: 'PLAINTEXT',
    tls: 'TLS 1.3',
    'plaintext-auto': 'send buffer, tuned',
    bare: 'sendfile loop in C',
    own: 'our broker (does less)',
  },
  baseline: 'plaintext',
  answer: { shape: 'ratio', measure: 'senderCpuNs', per: 'GiB' },
  quantities: {
    networkCpuNs: { title: 'CPU of network threads', unit: 'ns' },
    handlerCpuNs: { title: 'CPU of request handlers', unit: 'ns' },
    bytesPerSecond: { title: 'throughput, a second', unit: 'bytes' },
    tracedFetches: { title: 'fetches traced', unit: 'count' },
    tracedBytes: { title: 'records, traced', unit: 'bytes' },
    sendfileCalls: { title: 'sendfile', unit: 'count' },
    sendfileBytes: { title: 'of the log by sendfile', unit: 'bytes' },
    flowBytes: { title: 'of the log as it is', unit: 'bytes' },
    logReadBytes: { title: 'of the log read', unit: 'bytes' },
    memoryBytes: { title: "from the broker's memory", unit: 'bytes' },
    mappedIndexes: { title: 'indexes mapped', unit: 'count' },
    mappedLogs: { title: 'log files mapped', unit: 'count' },
  },
  factors: { fetchBytes: 'fetches of {}' },
  cost: {
    quick: { seconds: 30, diskBytes: 48 * MiB, memoryBytes: 1 * GiB },
    default: { seconds: 400, diskBytes: 1024 * MiB, memoryBytes: 2 * GiB },
    full: { seconds: 1300, diskBytes: 2048 * MiB, memoryBytes: 3 * GiB },
  },
  cluster: yourCluster,
  run: timeKafka({
    quick: {
      ...{ rounds: 17, bytes: 24 * MiB, sampleBytes: 48 * MiB, warm: { bytes: 256 * MiB, seconds: 1 } },
      ...{ fetchBytes: [1 * MiB], without: ['plaintext-auto', 'bare', 'own'] },
    },
    default: {
      ...{ rounds: 11, bytes: 256 * MiB, sampleBytes: 128 * MiB, warm: { bytes: 3 * GiB, seconds: 15 } },
      fetchBytes: [64 * KiB, 256 * KiB, 1 * MiB, 8 * MiB],
    },
    full: {
      ...{ rounds: 21, bytes: 512 * MiB, sampleBytes: 256 * MiB, warm: { bytes: 10 * GiB, seconds: 60 } },
      fetchBytes: [64 * KiB, 256 * KiB, 1 * MiB, 8 * MiB],
    },
  }),
});

export default lab;

runFile(import.meta, lab);
