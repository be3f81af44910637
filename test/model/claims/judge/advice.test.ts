import { expect, test } from 'vitest';
import {
  bufferMatters,
  refusedAtLimit,
  sendfileSparesAreas,
  smallHeapSparesDisk,
  usedMeansShort,
  waitFindsIt,
} from '#model/claims/judge/advice.ts';
import { altered, type ExtraRow, extraResult, withoutEach } from '../../../fixtures/extra-result.ts';

const MiB = 2 ** 20;
const usual = extraResult('operating-advice', 'one-page', [
  ['one-page', { advice: 'map areas' }, { mapped: 65_400, limit: 65_530, refused: 1 }],
  ['segments-copied', { advice: 'partitions' }, { areasPerSegment: 2, descriptorsPerSegment: 1 }],
  ['segments-sendfile', { advice: 'partitions' }, { areasPerSegment: 2.1, descriptorsPerSegment: 1 }],
  ['file-read', { advice: 'memory' }, { readBytes: 96 * MiB, usedMoreBytes: 95 * MiB, availableLessBytes: -MiB }],
  ['disk-alone', { advice: 'I/O wait' }, { waitShare: 0.8, pressureShare: 0.9 }],
  ['disk-beside-work', { advice: 'I/O wait' }, { waitShare: 0, pressureShare: 0.6 }],
  ['buffer-set', { advice: 'socket buffers' }, { sendCalls: 700 }],
  ['buffer-tuned', { advice: 'socket buffers' }, { sendCalls: 45 }],
  ['heap-small', { advice: 'heap' }, { againBytes: 0 }],
  ['heap-large', { advice: 'heap' }, { againBytes: 180 * MiB }],
]);

const rows: readonly (readonly [string, typeof refusedAtLimit, string, ExtraRow])[] = [
  ['refusedAtLimit', refusedAtLimit, 'held', ['one-page', {}, { mapped: 200_000, limit: 1_048_576 }]],
  ['sendfileSparesAreas', sendfileSparesAreas, 'not-held', ['segments-sendfile', {}, { areasPerSegment: 1 }]],
  ['usedMeansShort', usedMeansShort, 'not-held', ['file-read', {}, { usedMoreBytes: MiB }]],
  ['waitFindsIt', waitFindsIt, 'not-held', ['disk-beside-work', {}, { waitShare: 0.5 }]],
  ['bufferMatters', bufferMatters, 'held', ['buffer-set', {}, { sendCalls: 60 }]],
  ['smallHeapSparesDisk', smallHeapSparesDisk, 'held', ['heap-small', {}, { againBytes: 170 * MiB }]],
];

test.each(rows)('%s: by what is usual, and the opposite by a changed result', (_, judge, state, change) => {
  expect(judge(usual).state).toBe(state);
  expect(judge(altered(usual, change)).state).toBe(state === 'held' ? 'not-held' : 'held');
});

test.each(rows)('%s is not run without one of its series', (_, judge) => {
  const states = withoutEach(usual).map((one) => judge(one).state);
  expect(new Set(states.filter((state) => state !== judge(usual).state))).toEqual(new Set(['not-run']));
});

test('nothing is said where the disk does not make anybody wait', () => {
  const fast = altered(usual, ['disk-alone', {}, { pressureShare: 0.01 }]);
  expect(waitFindsIt(fast)).toMatchObject({ state: 'not-run', why: { code: 'nothing-waits' } });
});

test('what other programs take or give back meanwhile does not count', () => {
  const took = altered(usual, ['file-read', {}, { usedMoreBytes: 150 * MiB, availableLessBytes: 54 * MiB }]);
  const gave = altered(usual, ['file-read', {}, { usedMoreBytes: 40 * MiB, availableLessBytes: -56 * MiB }]);
  expect([usedMeansShort(took).state, usedMeansShort(gave).state]).toEqual(['not-held', 'not-held']);
});

test('I/O wait that sees nothing of a program that waits alone does not find it either', () => {
  expect(waitFindsIt(altered(usual, ['disk-alone', {}, { waitShare: 0.1 }])).state).toBe('not-held');
});

test('fewer descriptors would spare as much as fewer areas', () => {
  const fewer = altered(usual, ['segments-sendfile', {}, { descriptorsPerSegment: 0 }]);
  expect(sendfileSparesAreas(fewer).state).toBe('held');
});
