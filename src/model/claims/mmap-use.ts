/** B. What is said of mmap: what it is used for, and what it takes. */
import type { Claim } from './claim.ts';
import { lookupFaults, mappingFindsAnywhere, mappingLooksUpCheaper } from './judge/index-lookup.ts';
import { mappedByTheseLines } from './judge/java.ts';
import { mapsIndexesSendsLogs, smallBatchesByMmap } from './judge/kafka.ts';
import { takesFaults, takesMemory } from './judge/mmap-read.ts';
import { cheapestWay } from './judge/times.ts';
import { KAFKA_MAPS } from './mmap.ts';

export const mmapUse: readonly Claim[] = [
  {
    id: 'B6',
    statement: 'mmap supports random access.',
    saidBy: [2],
    sources: {
      verdict: 'true',
      why: 'It is why Kafka maps its indexes: a binary search over entries of one size.',
      citations: [
        { source: 'Kafka 4.3.1, AbstractIndex.java: indexSlotRangeFor', says: 'Searches the mapped entries in place.' },
      ],
    },
    tests: [
      {
        lab: 'index-lookup',
        asks: 'lookups anywhere in a mapped index find what pread finds, without a call and with less CPU',
        judge: mappingFindsAnywhere,
      },
    ],
  },
  {
    id: 'B7',
    statement: 'mmap uses more memory.',
    saidBy: [2],
    sources: {
      verdict: 'misleading',
      why: 'A shared mapping uses the very pages that read would use. The resident size counts them; available memory does not fall.',
      citations: [
        { source: 'man proc(5), RssFile and Pss', says: 'Pages of mapped files count as resident, shared or not.' },
      ],
    },
    tests: [
      {
        lab: 'mmap-read',
        asks: 'mapping a file that is in memory takes more of the available memory than reading it through one buffer, by a quarter of its size',
        judge: takesMemory,
      },
    ],
  },
  {
    id: 'B8',
    statement: 'mmap risks page faults.',
    saidBy: [2],
    sources: {
      verdict: 'true',
      why: 'And more than is said: faults cannot be made asynchronous, errors of the disk become SIGBUS, unmapping interrupts other processors.',
      citations: [
        {
          source: 'Kafka 4.3.1, AbstractIndex.java, on the warm section',
          says: 'Faults in an index made producing take up to about a second.',
        },
        { source: 'man mmap(2), SIGBUS', says: 'Reaching behind the end of a file that was cut raises a signal.' },
      ],
    },
    tests: [
      {
        lab: 'mmap-read',
        asks: 'to look at a file through a mapping takes more page faults than read, and major ones when the file is on disk and nothing is read ahead',
        judge: takesFaults,
      },
      {
        lab: 'index-lookup',
        asks: 'a lookup in a mapped index that is not in memory waits for the disk in a page fault, where pread takes none',
        judge: lookupFaults,
      },
    ],
  },
  {
    id: 'B9',
    statement: 'Kafka uses mmap for small batches of messages.',
    saidBy: [2],
    sources: {
      verdict: 'false',
      why: 'Batches are read by FileChannel.read where they are looked at, and sent by transferTo, whatever their size.',
      citations: [
        KAFKA_MAPS,
        { source: 'Kafka 4.3.1, FileLogInputStream.java', says: 'Reads batches from the channel.' },
      ],
    },
    tests: [
      {
        lab: 'kafka-calls',
        asks: 'files that hold batches of a single record are mapped while they are fetched',
        judge: smallBatchesByMmap,
      },
    ],
  },
  {
    id: 'B10',
    statement: 'The MappedByteBuffer lines show how Java maps a file.',
    saidBy: [2],
    sources: {
      verdict: 'conditional',
      why: 'They compile and map. One mapping has at most 2 GiB, closing the channel does not unmap, and a file that is cut raises an error.',
      citations: [
        {
          source: 'JDK 25, FileChannel.map',
          says: 'Limits the size, and keeps the mapping when the channel is closed.',
        },
        { source: 'Kafka 4.3.1, AbstractIndex.java: resize', says: 'Has to unmap by means of its own.' },
      ],
    },
    tests: [
      {
        lab: 'java-nio',
        asks: 'a file that is mapped by these lines reaches a socket whole, by one mapping and without a read',
        judge: mappedByTheseLines,
      },
    ],
  },
  {
    id: 'B11',
    statement: 'sendfile for the transfer of logs, mmap for random access.',
    saidBy: [2],
    sources: {
      verdict: 'true',
      why: 'It is what Kafka does: index files are mapped, log files are sent by sendfile and never mapped.',
      citations: [
        KAFKA_MAPS,
        { source: 'Kafka 4.3.1, FileRecords.java: writeTo', says: 'Sends slices of the log by transferTo.' },
      ],
    },
    tests: [
      {
        lab: 'file-to-socket',
        asks: 'for a large file in memory, over loopback TCP, sendfile costs less CPU than read + write and than mmap + write',
        judge: cheapestWay,
      },
      {
        lab: 'index-lookup',
        asks: 'to look up an entry of an index, anywhere and near its end, a mapping costs less CPU than pread',
        judge: mappingLooksUpCheaper,
      },
      {
        lab: 'kafka-calls',
        asks: 'Apache Kafka maps the indexes and no log file, and everything that a consumer fetches leaves by sendfile',
        judge: mapsIndexesSendsLogs,
      },
    ],
  },
];
