/** E. What is said of Kafka. */
import type { Claim } from './claim.ts';
import {
  followerBySendfile,
  movedBySendfile,
  producedWithoutCopy,
  segmentsBySendfile,
  sentAsStored,
  syncedPeriodically,
  tlsWithoutSendfile,
} from './judge/kafka.ts';
import { dirtyUntilSynced } from './judge/sequential-read.ts';
import { kernelTlsCopies } from './judge/tls.ts';
import { lessOnTheWire } from './judge/wire.ts';

const DESIGN = 'Kafka documentation, design';
const OPERATIONS = 'Kafka documentation, operations';

export const kafka: readonly Claim[] = [
  {
    id: 'E1',
    statement: 'Brokers send segments of the log to consumers by sendfile.',
    saidBy: [1, 2, 3, 4, 5],
    sources: {
      verdict: 'conditional',
      why: 'Without TLS, from local disks, and when no record has to be converted.',
      citations: [
        {
          source: 'Kafka 4.3.1, FileRecords.java: writeTo',
          says: 'Hands a range of the file to the channel of the connection.',
        },
        {
          source: 'Kafka 4.3.1, PlaintextTransportLayer.java',
          says: 'Calls transferTo; SASL without TLS uses it too.',
        },
      ],
    },
    tests: [
      {
        lab: 'kafka-calls',
        asks: 'everything that a consumer fetches without encryption leaves the broker by sendfile',
        judge: segmentsBySendfile,
      },
    ],
  },
  {
    id: 'E2',
    statement: 'Kafka stores what it sends: one binary format on disk and on the wire.',
    saidBy: [3, 5],
    sources: {
      verdict: 'conditional',
      why: 'Batches stay as they are, compressed ones too. When they are produced the broker checks them, assigns offsets, and may compress anew.',
      citations: [
        { source: `${DESIGN}, section 4.3`, says: 'Producer, broker and consumer share one format.' },
        { source: 'Kafka 4.3.1, LogValidator.java', says: 'Offsets are assigned in place, where the codec fits.' },
      ],
    },
    tests: [
      {
        lab: 'kafka-calls',
        asks: 'what a consumer fetches of compressed batches is the log byte for byte as it lies on disk, and still compressed',
        judge: sentAsStored,
      },
    ],
  },
  {
    id: 'E3',
    statement: 'Zero copy makes producing large batches faster.',
    saidBy: [2],
    sources: {
      verdict: 'false',
      why: 'What is produced goes through the heap of the broker, with copies on the way in and on the way out.',
      citations: [
        { source: 'Kafka 4.3.1, NetworkReceive.java: readFrom', says: 'Reads a request into a buffer on the heap.' },
      ],
    },
    tests: [
      {
        lab: 'kafka-calls',
        asks: 'sendfile has a part in producing',
        judge: producedWithoutCopy,
      },
    ],
  },
  {
    id: 'E4',
    statement:
      'Produced data goes to the application buffer, then to the OS buffer, and is synced to disk periodically.',
    saidBy: [1, 4],
    sources: {
      verdict: 'conditional',
      why: 'The way is right. By default Kafka syncs only when it rolls a segment; the kernel writes back, and replication makes it durable.',
      citations: [
        { source: 'Kafka 4.3.1, ServerLogConfigs.java', says: 'No limit of messages or time for a flush by default.' },
        { source: `${OPERATIONS}, application and OS flush`, says: 'Recommends leaving it off.' },
      ],
    },
    tests: [
      {
        lab: 'sequential-read',
        asks: 'what is written lies dirty in memory until fsync, and is on the disk and still in memory afterwards',
        judge: dirtyUntilSynced,
      },
      {
        lab: 'kafka-calls',
        asks: 'while Apache Kafka writes segments, it syncs the log more often than it rolls a segment',
        judge: syncedPeriodically,
      },
    ],
  },
  {
    id: 'E5',
    statement: 'Replication from leader to follower gains from it.',
    saidBy: [2],
    sources: {
      verdict: 'conditional',
      why: 'Followers fetch as consumers do, so it is sendfile unless brokers talk TLS among themselves.',
      citations: [
        { source: 'Kafka 4.3.1, KafkaApis: handleFetchRequest', says: 'Serves followers and consumers alike.' },
      ],
    },
    tests: [
      {
        lab: 'kafka-calls',
        asks: 'everything that a follower fetches leaves the leader by sendfile',
        judge: followerBySendfile,
      },
    ],
  },
  {
    id: 'E6',
    statement: 'Replication between data centres loads the network less.',
    saidBy: [2],
    sources: {
      verdict: 'false',
      why: 'The same bytes go over the wire. MirrorMaker is a consumer and a producer in another process, and copies.',
      citations: [
        { source: 'Kafka documentation, geo-replication', says: 'MirrorMaker consumes here and produces there.' },
      ],
    },
    tests: [
      {
        lab: 'scatter-gather',
        asks: 'the same file takes fewer packets or fewer bytes over the wire by sendfile than by read + write',
        judge: lessOnTheWire,
      },
    ],
  },
  {
    id: 'E7',
    statement: 'It speeds up the migration of large amounts of data.',
    saidBy: [2],
    sources: {
      verdict: 'conditional',
      why: 'Reassignment fetches old segments by sendfile, from disk: just the case in which sendfile blocks others.',
      citations: [
        { source: 'Apache Kafka issue KAFKA-7504', says: 'Cold reads stall a network thread.' },
        { source: `${OPERATIONS}, reassignment`, says: 'Has throttles for it.' },
      ],
    },
    tests: [
      {
        lab: 'kafka-calls',
        asks: 'everything that moves to another broker leaves this one by sendfile',
        judge: movedBySendfile,
      },
    ],
  },
  {
    id: 'E8',
    statement: 'Encryption (TLS) rules zero copy out.',
    saidBy: [3, 5],
    sources: {
      verdict: 'conditional',
      why: 'True of Apache Kafka, which encrypts in Java. Not a law: where the kernel encrypts, sendfile still works.',
      citations: [
        { source: 'Kafka 4.3.1, SslTransportLayer.java: transferFrom', says: 'Reads 32 KiB, encrypts, and writes.' },
        {
          source: 'Linux documentation, tls.rst',
          says: 'sendfile goes over TLS records; a card may even encrypt in place.',
        },
      ],
    },
    tests: [
      {
        lab: 'kernel-tls',
        asks: 'where the kernel encrypts (TLS 1.3), sendfile copies the bytes to or from the program after all',
        judge: kernelTlsCopies,
      },
      {
        lab: 'kafka-calls',
        asks: 'with TLS nothing of what a consumer fetches leaves Apache Kafka by sendfile',
        judge: tlsWithoutSendfile,
      },
    ],
  },
];
