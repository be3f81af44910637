import { expect, test } from 'vitest';
import { indexBytes, layoutOf, logBytes, readIndex, segmentName } from '#learn/segment/layout.ts';
import { batches } from './batches.ts';

test('layoutOf() gives each batch the offsets behind those before it', () => {
  const layout = layoutOf(batches([3, 100], [1, 61], [2, 90]), 4711);
  expect(layout).toEqual({
    baseOffset: 4711,
    endOffset: 4717,
    batches: [
      { position: 0, bytes: 100, baseOffset: 4711, lastOffset: 4713 },
      { position: 100, bytes: 61, baseOffset: 4714, lastOffset: 4714 },
      { position: 161, bytes: 90, baseOffset: 4715, lastOffset: 4716 },
    ],
    index: [],
  });
});

test('layoutOf() indexes the batch that begins more than 4096 bytes behind the one before, and not at 4096', () => {
  const { index } = layoutOf(batches([1, 4096], [2, 61], [3, 4097], [1, 70]), 10);
  expect(index).toEqual([
    { relative: 5, position: 4157 },
    { relative: 6, position: 8254 },
  ]);
});

test('logBytes() changes the base offsets and nothing else', () => {
  const produced = batches([2, 80], [1, 70]);
  const log = logBytes(produced, layoutOf(produced, 2 ** 40));
  expect([log.readBigInt64BE(0), log.readBigInt64BE(80)]).toEqual([2n ** 40n, 2n ** 40n + 2n]);
  for (const at of [0, 80]) log.writeBigInt64BE(0n, at);
  expect(log).toEqual(produced);
});

test('readIndex() reads what indexBytes() wrote', () => {
  const index = [
    { relative: 7, position: 4100 },
    { relative: 12, position: 9000 },
  ];
  expect(readIndex(indexBytes({ index }))).toEqual(index);
});

test('segmentName() has 20 digits', () => {
  expect(segmentName(4711, 'log')).toBe('00000000000000004711.log');
  expect(segmentName(9_000_000_000_000, 'index')).toBe('00000009000000000000.index');
});
