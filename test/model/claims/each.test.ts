/** Every predicate of every claim, over the committed results: what each reads, it cannot do without. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { labsFolder } from '#cli/places.ts';
import { loadResult } from '#machine/result-store.ts';
import { claims, type Test } from '#model/claims/index.ts';
import { byRank } from '#model/recorded-machines.ts';
import type { LabResult, TimeResult, TimeSample } from '#model/result.ts';

const recorded = join(labsFolder, 'results');
const machines = readdirSync(recorded).sort(byRank);

const results = new Map<string, LabResult>();
const tests = claims.flatMap(({ id, tests: own = [] }) =>
  own.flatMap((one, at): [string, Test, LabResult][] => {
    const result = results.get(one.lab) ?? load(one.lab);
    if (!result) return [];
    results.set(one.lab, result);
    return [[`${id} ${one.lab} ${at}`, one, result]];
  }),
);

function load(lab: string): LabResult | undefined {
  const path = machines.map((machine) => join(recorded, machine, `${lab}.json`)).find((one) => existsSync(one));
  return path === undefined ? undefined : loadResult(path);
}

const decided = tests.filter(([, { judge }, result]) =>
  ['held', 'not-held', 'too-noisy'].includes(judge(result).state),
);

test('most predicates have a committed result to be tried on', () => {
  const all = claims.flatMap(({ tests: own = [] }) => own).length;
  expect(decided.length).toBeGreaterThan(0.8 * all);
});

describe('any one series that is missing', () => {
  test.each(decided)('%s is not run without it, or never read it', (_, { judge }, result) => {
    const whole = judge(result);
    const without = result.series.map((_series, at) =>
      judge({ ...result, series: result.series.toSpliced(at, 1) } as LabResult),
    );
    // A finding that stays as it was, number by number, did not read the series; one that changes must not be a verdict.
    const read = without.filter((finding) => JSON.stringify(finding) !== JSON.stringify(whole));
    expect(read.length).toBeGreaterThan(0);
    expect(new Set(read.map(({ state }) => state))).toEqual(new Set(['not-run']));
  });
});

/** What a lab adds that was measured with a clock, by its name. */
const ofClock = /Ns$|PerSecond$/;

/** Every clock and every latency of each second round ten times as long: no two rounds agree on anything. */
function shaken(result: TimeResult): TimeResult {
  const shake = (sample: TimeSample, at: number): TimeSample => {
    const factor = (sample.round + at) % 2 === 0 ? 10 : 1;
    const { extra, latenciesNs } = sample;
    const clocks = Object.entries(extra ?? {}).map(([name, value]) => [
      name,
      ofClock.test(name) ? value * factor : value,
    ]);
    return {
      ...sample,
      wallNs: sample.wallNs * factor,
      senderCpuNs: sample.senderCpuNs * factor,
      receiverCpuNs: sample.receiverCpuNs * factor,
      ...(extra && { extra: Object.fromEntries(clocks) }),
      ...(latenciesNs && { latenciesNs: latenciesNs.map((ns) => ns * factor) }),
    };
  };
  const series = result.series.map((one, at) => ({ ...one, samples: one.samples.map((sample) => shake(sample, at)) }));
  return { ...result, series };
}

describe('a result that is shaken', () => {
  const timed = decided.filter(([, , { kind }]) => kind === 'time');
  const untouched = ({ judge }: Test, result: LabResult) =>
    JSON.stringify(judge(shaken(result as TimeResult))) === JSON.stringify(judge(result));
  const clocked = timed.filter(([, one, result]) => !untouched(one, result));

  test('most predicates over timed results read a clock', () => {
    expect(clocked.length).toBeGreaterThan(timed.length / 2);
  });

  test.each(clocked)('%s is too noisy', (_, { judge }, result) => {
    expect(judge(shaken(result as TimeResult)).state).toBe('too-noisy');
  });
});
