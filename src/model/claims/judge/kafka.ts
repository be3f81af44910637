/**
 * Predicates over the labs kafka-calls and kafka: what Apache Kafka itself does with the bytes of its log, as strace saw
 * it, and what a consumer over TLS gets.
 */
import type { CountSeries } from '../../result.ts';
import type { Predicate, Reason } from '../claim.ts';
import { judgeExtras } from './extras.ts';
import { judging, type Wanted } from './look-up.ts';
import { type Band, every, judgeRatio } from './ratio.ts';

const scene = (variant: string): Wanted => ({ variant, factors: {} });
const records = (of: CountSeries) => ({ what: 'record-bytes', of, extra: 'recordBytes' }) as const;
const bySendfile = (of: CountSeries) => ({ what: 'sendfile-bytes', of, extra: 'sendfileBytes' }) as const;
const sendfiles = (of: CountSeries) => ({ what: 'sendfile-calls', of, extra: 'sendfileCalls' }) as const;
const readOfLog = (of: CountSeries) => ({ what: 'log-read-bytes', of, extra: 'logReadBytes' }) as const;
const indexes = (of: CountSeries) => ({ what: 'mapped-indexes', of, extra: 'mappedIndexes' }) as const;
const logs = (of: CountSeries) => ({ what: 'mapped-logs', of, extra: 'mappedLogs' }) as const;

/** Of what was to be seen nothing was: the trace was blind. */
const UNSEEN: Reason = { code: 'not-counted', args: {} };

/** All records of a scene went into the socket by sendfile; the reads that TLS needs show that others would be seen. */
const allBySendfile = (variant: string): Predicate =>
  judging(
    'count',
    () => ({ sent: scene(variant), tls: scene('tls') }),
    ({ sent, tls }) =>
      judgeExtras([records(sent), bySendfile(sent), readOfLog(tls)], (all, carried, seen): boolean | Reason =>
        seen === 0 ? UNSEEN : carried >= all,
      ),
  );

/** What consumers fetch without encryption leaves by sendfile. */
export const segmentsBySendfile: Predicate = allBySendfile('plaintext');
/** What a follower fetches does. */
export const followerBySendfile: Predicate = allBySendfile('follower');
/** What moves to another broker does. */
export const movedBySendfile: Predicate = allBySendfile('reassign');

/** What a consumer gets is the log as it lies on disk, and compressed as the producer sent it. */
export const sentAsStored: Predicate = judging(
  'count',
  () => ({ packed: scene('compressed') }),
  ({ packed }) =>
    judgeExtras(
      [
        records(packed),
        bySendfile(packed),
        { what: 'batches', of: packed, extra: 'batches' },
        { what: 'compressed-batches', of: packed, extra: 'compressedBatches' },
      ],
      (all, carried, batches, compressed) => carried === all && compressed === batches,
    ),
);

/** A call that does not copy has a part in producing. That of fetching shows that it would be seen. */
export const producedWithoutCopy: Predicate = judging(
  'count',
  () => ({ produced: scene('produce'), fetched: scene('plaintext') }),
  ({ produced, fetched }) =>
    judgeExtras([sendfiles(produced), sendfiles(fetched)], (calls, seen): boolean | Reason =>
      seen === 0 ? UNSEEN : calls > 0,
    ),
);

/** The log is synced more often than segments are rolled. */
export const syncedPeriodically: Predicate = judging(
  'count',
  () => ({ roll: scene('roll') }),
  ({ roll }) =>
    judgeExtras(
      [
        { what: 'rolls', of: roll, extra: 'rolls' },
        { what: 'log-syncs', of: roll, extra: 'logSyncs' },
      ],
      (rolls, syncs): boolean | Reason => (rolls === 0 || syncs === 0 ? UNSEEN : syncs > rolls),
    ),
);

/** With TLS nothing of the log leaves by sendfile, where all of it does without. */
export const tlsWithoutSendfile: Predicate = judging(
  'count',
  () => ({ plain: scene('plaintext'), tls: scene('tls') }),
  ({ plain, tls }) =>
    judgeExtras(
      [bySendfile(plain), bySendfile(tls), records(tls), readOfLog(tls)],
      (seen, carried, all, read): boolean | Reason => (seen === 0 || read < all ? UNSEEN : carried === 0),
    ),
);

/** Serving fetches takes nothing of the broker's own program: no byte from its memory, no call that it makes. */
export const programBypassed: Predicate = judging(
  'count',
  () => ({ plain: scene('plaintext') }),
  ({ plain }) =>
    judgeExtras(
      [bySendfile(plain), sendfiles(plain), { what: 'own-bytes', of: plain, extra: 'memoryBytes' }],
      (seen, calls, own): boolean | Reason => (seen === 0 ? UNSEEN : calls === 0 && own === 0),
    ),
);

/** Files with records are mapped. The indexes, which are, show that it would be seen. */
const recordsMapped = (variant: string): Predicate =>
  judging(
    'count',
    () => ({ served: scene(variant) }),
    ({ served }) =>
      judgeExtras([indexes(served), logs(served)], (seen, mapped): boolean | Reason =>
        seen === 0 ? UNSEEN : mapped > 0,
      ),
  );

export const recordsByMmap: Predicate = recordsMapped('plaintext');
export const smallBatchesByMmap: Predicate = recordsMapped('small-batches');

/** Indexes are mapped, and the log, which is not, leaves by sendfile. */
export const mapsIndexesSendsLogs: Predicate = judging(
  'count',
  () => ({ plain: scene('plaintext') }),
  ({ plain }) =>
    judgeExtras(
      [indexes(plain), logs(plain), records(plain), bySendfile(plain)],
      (mapped, mappedLogs, all, carried) => mapped > 0 && mappedLogs === 0 && carried === all,
    ),
);

/** Bytes a second that a network of 1 Gbit/s carries at most. */
const GIGABIT = 125e6;

/** In less than ten times the time: a tenth of the throughput at least. */
const A_TENTH_AT_LEAST: Band = { above: 0, below: 10 };

/** Over TLS, without zero copy, one consumer gets more than a common network carries, and a tenth of what it gets without. */
export const muchWithoutZeroCopy: Predicate = judging(
  'time',
  () => ({ tls: { variant: 'tls', factors: { fetchBytes: 2 ** 20 } } }),
  ({ tls }, result) =>
    every([
      judgeExtras(
        [{ what: 'throughput', of: tls, extra: 'bytesPerSecond' }],
        (bytesPerSecond) => bytesPerSecond > GIGABIT,
      ),
      judgeRatio(result, {
        series: tls,
        measure: 'wallNs',
        per: 'GiB',
        band: A_TENTH_AT_LEAST,
        what: 'wall-time',
      }),
    ]),
);
