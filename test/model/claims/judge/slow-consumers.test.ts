import { expect, test } from 'vitest';
import { lessMemory, lessThanLinear } from '#model/claims/judge/slow-consumers.ts';
import type { TimeSample } from '#model/result.ts';
import { extraTimes, planted, type TimedRow, timedResult, withoutOne } from '../../../fixtures/crew-result.ts';

const MiB = 2 ** 20;
const crowd = (consumers: number) => ({ link: 'tcp', consumers, chunk: 65_536 });
const rows: readonly TimedRow[] = [1, 50, 200].flatMap((consumers): TimedRow[] => [
  ['read-write', crowd(consumers), { extra: { memoryBytes: consumers * MiB, fillCpuNs: consumers * 3e5 } }],
  ['sendfile', crowd(consumers), { extra: { memoryBytes: consumers * 3e4, fillCpuNs: consumers * 7e4 } }],
]);
const usual = timedResult('slow-consumers', 'read-write', rows);

test('sendfile holds less memory, unless it holds as much', () => {
  expect(lessMemory(usual).state).toBe('held');
  const negative = planted(usual, ['sendfile', crowd(200), extraTimes('memoryBytes', -1)]);
  expect(lessMemory(negative).state).toBe('held');
  const more = planted(usual, ['sendfile', crowd(200), extraTimes('memoryBytes', 50)]);
  expect(lessMemory(more).state).toBe('not-held');
  const alike = planted(usual, ['sendfile', crowd(200), extraTimes('memoryBytes', (200 * MiB) / 6e6)]);
  expect(lessMemory(alike).state).toBe('too-noisy');
});

test('CPU for four times the consumers is about four times as much, or it grows less than they do', () => {
  expect(lessThanLinear(usual)).toMatchObject({ state: 'not-held', numbers: [{ what: 'cpu-growth' }] });
  const flat = planted(usual, ['sendfile', crowd(200), extraTimes('fillCpuNs', 0.4)]);
  expect(lessThanLinear(flat).state).toBe('held');
  const near = planted(usual, ['sendfile', crowd(200), extraTimes('fillCpuNs', 0.75)]);
  expect(lessThanLinear(near).state).toBe('too-noisy');
});

test.each([
  ['lessMemory', lessMemory, 'memoryBytes'],
  ['lessThanLinear', lessThanLinear, 'fillCpuNs'],
] as const)('%s says nothing where the baseline differs from itself, or varies too much', (_, judge, name) => {
  const other = planted(usual, ['read-write', crowd(200), extraTimes(name, 1.2)], 'repeat');
  expect(judge(other)).toMatchObject({ state: 'too-noisy', why: { code: 'baseline-differs' } });
  const wild = (sample: TimeSample) => extraTimes(name, sample.round % 2 ? 0.2 : 5)(sample);
  const noisy = planted(usual, ['read-write', crowd(200), wild], 'repeat');
  expect(judge(noisy)).toMatchObject({ state: 'too-noisy' });
});

test.each([
  ['lessMemory', lessMemory, 3],
  ['lessThanLinear', lessThanLinear, 4],
] as const)('%s is not run without one of its series, its numbers or enough rounds', (_, judge, needed) => {
  const states = withoutOne(usual).map((one) => judge(one).state);
  expect(states.filter((state) => state === 'not-run')).toHaveLength(needed);
  const bare = structuredClone(usual);
  for (const { samples } of bare.series) for (const sample of samples) delete sample.extra;
  expect(judge(bare).state).toBe('not-run');
  const short = timedResult('slow-consumers', 'read-write', rows, { rounds: 8 });
  expect(judge(short)).toMatchObject({ state: 'not-run', why: { code: 'too-few-rounds' } });
});
