import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Mode } from '#measure/request.ts';
import { withSession } from '#measure/session.ts';
import { countTasks, timeCrew, timeTasks } from '#measure/tasks.ts';
import { labResultSchema } from '#model/result.ts';
import lab from '../fixtures/task-lab.ts';

const labFile = resolve('test/fixtures/task-lab.ts');

async function runToy(mode: Mode, measured = lab.run) {
  const request = { mode, rounds: null, bytes: null, receiver: 'copy', seed: 7 } as const;
  const options = { request, labFile, work: undefined, diskBytes: 0, progress: () => {} };
  return labResultSchema.parse(
    await withSession({ ...options, signal: new AbortController().signal }, (session) => measured(lab, session)),
  );
}

test('every task works once a round under every setting, the baseline twice', async () => {
  const result = await runToy('quick');
  expect(result.series.map(({ variant, role, factors }) => `${variant} ${role} ${factors.count}`)).toEqual([
    'one baseline 10',
    'one repeat 10',
    'two variant 10',
    'one baseline 20',
    'one repeat 20',
    'two variant 20',
  ]);
  for (const { samples } of result.series) expect(samples.map(({ round }) => round)).toEqual([0, 1, 2]);
  const orders = result.series.flatMap(({ samples }) => samples.map(({ order }) => order));
  expect(orders.sort((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, at) => at));
});

test('what a task adds stands in its samples, and the seed is that of the round', async () => {
  const { series } = await runToy('quick');
  const [two] = series.filter(({ variant }) => variant === 'two');
  expect(two?.samples.map((sample) => 'extra' in sample && sample.extra)).toEqual([
    { operations: 2, lastSeed: 7, standing: 1 },
    { operations: 2, lastSeed: 8, standing: 1 },
    { operations: 2, lastSeed: 9, standing: 1 },
  ]);
});

test('a task that cannot run is told, for every setting, and the others go on', async () => {
  const { cannotRun } = await runToy('quick');
  const why = { why: 'cannot-evict', args: { resident: 1, pages: 2 } };
  expect(cannotRun).toEqual([
    { variant: 'three', factors: { count: 10 }, ...why },
    { variant: 'three', factors: { count: 20 }, ...why },
  ]);
});

test('a variant can be left out of a setting', async () => {
  const { series } = await runToy('default');
  expect(series.filter(({ variant }) => variant === 'two').map(({ factors }) => factors.count)).toEqual([10]);
});

test('a task that comes to something else than the others ends the run', async () => {
  await expect(runToy('full')).rejects.toThrow(
    `Cannot trust 'wrong' with {"count":10}: it came to something else, 'one' to 45`,
  );
});

test('in a process of its own for each sample the same comes out', async () => {
  const amount = { rounds: 2, settings: [{ count: 10 }], skip: (variant: string) => variant === 'wrong' };
  const fresh = timeTasks({ quick: amount, default: amount, full: amount }, { freshProcess: true });
  const result = await runToy('quick', fresh);
  expect(result.series.map(({ samples }) => samples.length)).toEqual([2, 2, 2]);
});

test('counted tasks leave no time in the result', async () => {
  const amount = { rounds: 2, settings: [{ count: 10 }], skip: (variant: string) => variant === 'wrong' };
  const result = await runToy('quick', countTasks({ quick: amount, default: amount, full: amount }));
  expect(result.kind).toBe('count');
  expect(JSON.stringify(result.series)).not.toContain('Ns"');
});

test('what is looked at when the clock has stopped completes the work', async () => {
  const { series } = await runToy('quick');
  const [one] = series.filter(({ variant }) => variant === 'one');
  expect(one?.samples.every((sample) => 'extra' in sample && sample.extra?.standing === 1)).toBe(true);
});

test('a crew of the lab takes the samples, and ends with the run', async () => {
  const log: string[] = [];
  const usage = { minorFaults: 0, majorFaults: 0, voluntarySwitches: 0, involuntarySwitches: 0, peakMemoryBytes: 0 };
  const amount = { rounds: 1, settings: [{ count: 10 }] };
  const run = timeCrew({ quick: amount, default: amount, full: amount }, () => ({
    async work({ variant }, round) {
      log.push(`${variant} ${round}`);
      if (variant !== 'one') return { cannotRun: { why: 'no-veth', args: {} } };
      return { wallNs: 2, cpuNs: 1, ...usage, work: { bytes: 1, check: 'same' } };
    },
    emptyCallNs: async () => 1,
    end: () => log.push('end'),
  }));
  const result = await runToy('quick', run);
  expect(log.slice(0, 4)).toEqual(['one 0', 'two 0', 'three 0', 'wrong 0']);
  expect(log.slice(4)).toEqual(['one 0', 'one 0', 'end']);
  expect(result.cannotRun.map(({ variant, why }) => `${variant}: ${why}`)).toEqual([
    'two: no-veth',
    'three: no-veth',
    'wrong: no-veth',
  ]);
});
