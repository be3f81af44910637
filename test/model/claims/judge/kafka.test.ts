/** What the labs kafka-calls and kafka decide, on results that hold, that do not, and that lack a series or a number. */
import { describe, expect, test } from 'vitest';
import { altered, type ExtraRow, extraResult } from '../../../fixtures/extra-result.ts';
import { taskResult } from '../../../fixtures/task-result.ts';
import { predicateOf, tryPredicate } from './cases.ts';

const MiB = 2 ** 20;
const all = { recordBytes: 16 * MiB };
const sent = { ...all, sendfileBytes: 16 * MiB, sendfileCalls: 77, logReadBytes: 629, memoryBytes: 1980 };
const maps = { mappedIndexes: 10, mappedLogs: 0 };
const rows: readonly ExtraRow[] = [
  ['plaintext', {}, { ...sent, ...maps }],
  ['tls', {}, { ...all, ...maps, sendfileBytes: 0, sendfileCalls: 0, logReadBytes: 16 * MiB, memoryBytes: 17 * MiB }],
  ['compressed', {}, { ...sent, ...maps, batches: 1036, compressedBatches: 1036 }],
  ['small-batches', {}, { ...sent, ...maps }],
  ['produce', {}, { ...all, ...maps, sendfileBytes: 0, sendfileCalls: 0, logReadBytes: 390 }],
  ['roll', {}, { ...all, rolls: 4, logSyncs: 4 }],
  ['follower', {}, { ...sent, ...maps, sendfileCalls: 1036 }],
  ['reassign', {}, { ...sent, ...maps, sendfileBytes: 17 * MiB }],
];
const usual = extraResult('kafka-calls', 'plaintext', rows);
const blind = altered(usual, ['tls', {}, { logReadBytes: 0 }]);
const nothingMapped = altered(usual, ['plaintext', {}, { mappedIndexes: 0 }]);

describe('kafka-calls', () => {
  for (const [claim, variant] of [
    ['E1', 'plaintext'],
    ['E5', 'follower'],
    ['E7', 'reassign'],
  ] as const) {
    tryPredicate(claim, 'kafka-calls', [
      ['sendfile carried everything', usual, 'held'],
      ['it carried a part', altered(usual, [variant, {}, { sendfileBytes: MiB }]), 'not-held'],
      ['it carried nothing', altered(usual, [variant, {}, { sendfileBytes: 0 }]), 'not-held'],
      ['the trace saw no read where there must be some', blind, 'not-run'],
    ]);
  }
  tryPredicate('E2', 'kafka-calls', [
    ['the log leaves as it is', usual, 'held'],
    ['a part was made anew', altered(usual, ['compressed', {}, { sendfileBytes: MiB }]), 'not-held'],
    ['the broker unpacked it', altered(usual, ['compressed', {}, { compressedBatches: 0 }]), 'not-held'],
  ]);
  tryPredicate('E3', 'kafka-calls', [
    ['producing makes no call of it', usual, 'not-held'],
    ['it does', altered(usual, ['produce', {}, { sendfileCalls: 12 }]), 'held'],
    ['the trace saw none where there must be some', altered(usual, ['plaintext', {}, { sendfileCalls: 0 }]), 'not-run'],
  ]);
  tryPredicate('E4', 'kafka-calls', [
    ['each roll syncs once', usual, 'not-held'],
    ['there are syncs besides', altered(usual, ['roll', {}, { logSyncs: 9 }]), 'held'],
    ['no segment rolled', altered(usual, ['roll', {}, { rolls: 0 }]), 'not-run'],
    ['the trace saw no sync at all', altered(usual, ['roll', {}, { logSyncs: 0 }]), 'not-run'],
  ]);
  tryPredicate('E8', 'kafka-calls', [
    ['TLS sends nothing by sendfile', usual, 'held'],
    ['it sends a part', altered(usual, ['tls', {}, { sendfileBytes: MiB }]), 'not-held'],
    ['the trace saw no sendfile at all', altered(usual, ['plaintext', {}, { sendfileBytes: 0 }]), 'not-run'],
    ['the trace did not see the log being read', blind, 'not-run'],
  ]);
  tryPredicate('A11', 'kafka-calls', [
    ['the broker makes the calls and sends headers', usual, 'not-held'],
    ['only the calls', altered(usual, ['plaintext', {}, { memoryBytes: 0 }]), 'not-held'],
    ['nothing was seen at all', altered(usual, ['plaintext', {}, { sendfileBytes: 0 }]), 'not-run'],
  ]);
  for (const [claim, variant] of [
    ['B1', 'plaintext'],
    ['B9', 'small-batches'],
  ] as const) {
    tryPredicate(claim, 'kafka-calls', [
      ['only indexes are mapped', usual, 'not-held'],
      ['a log is mapped', altered(usual, [variant, {}, { mappedLogs: 1 }]), 'held'],
      ['nothing is mapped at all', altered(usual, [variant, {}, { mappedIndexes: 0 }]), 'not-run'],
    ]);
  }
  tryPredicate('B11', 'kafka-calls', [
    ['indexes are mapped, logs are sent', usual, 'held'],
    ['a log is mapped', altered(usual, ['plaintext', {}, { mappedLogs: 1 }]), 'not-held'],
    ['no index is', nothingMapped, 'not-held'],
    ['sendfile carried a part', altered(usual, ['plaintext', {}, { sendfileBytes: MiB }]), 'not-held'],
  ]);

  test.each(['A11', 'B1', 'B9', 'B11', 'E1', 'E2', 'E3', 'E4', 'E5', 'E7', 'E8'])(
    '%s is not run without its numbers',
    (claim) => {
      const uncounted = structuredClone(usual);
      for (const { samples } of uncounted.series) for (const sample of samples) sample.extra = {};
      const finding = predicateOf(claim, 'kafka-calls')(uncounted);
      expect(finding).toMatchObject({ state: 'not-run', why: { code: 'not-counted' } });
    },
  );
});

/** @param rate bytes a second over TLS by fetches of 1 MiB */
function throughput(rate: number) {
  return taskResult({
    entry: {
      id: 'kafka',
      question: 'What does a fetch cost Apache Kafka?',
      baseline: 'plaintext',
      variants: { plaintext: 'PLAINTEXT', tls: 'TLS 1.3' },
    },
    noise: 0.01,
    settings: [64 * 1024, MiB].map((fetchBytes) => ({ fetchBytes })),
    plant: (variant, { fetchBytes }, luck) => {
      const slow = variant === 'tls' && fetchBytes === MiB;
      return { wallNs: Math.round(5e7 * luck), extra: { operations: 64, bytesPerSecond: slow ? rate : 1e9 } };
    },
  });
}

describe('kafka', () => {
  tryPredicate('E10', 'kafka', [
    ['700 MB/s', throughput(7e8), 'held'],
    ['100 MB/s', throughput(1e8), 'not-held'],
  ]);
});
