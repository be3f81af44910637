/** The predicates: results that hold, that do not, that are too noisy, and that lack a series. */
import { describe, expect, test } from 'vitest';
import { claims, type Finding, type MachineVerdict, type Test } from '#model/claims/index.ts';
import type { CountSample } from '#model/count-sample.ts';
import type { LabResult, ProofSample, TimeSample } from '#model/result.ts';
import { claimResults } from '../../fixtures/claims-results.ts';
import { timeResult } from '../../fixtures/results.ts';
import { tlsResult } from '../../fixtures/tls-result.ts';

/** Those over the labs of the thread; the predicates of every other lab have a test of their own in test/model/claims/judge. */
const tests = claims.flatMap(({ id, tests: own = [] }) =>
  own.filter(({ lab }) => claimResults[lab]).map((one): [string, Test] => [`${id} ${one.lab}`, one]),
);
type Planted = Partial<TimeSample> & Partial<ProofSample> & Partial<CountSample>;

function find(name: string): Test {
  const found = tests.find(([one]) => one === name);
  if (!found) throw new Error(`Expected a test '${name}' among ${tests.map(([one]) => one).join(', ')}`);
  return found[1];
}

/** The usual result of a test's lab, with the samples of some series changed. */
function planted(lab: string, change: Readonly<Record<string, (sample: Planted) => Planted>>): LabResult {
  const result = structuredClone((claimResults[lab] as () => LabResult)()) as LabResult;
  for (const { variant, role, factors, samples } of result.series) {
    const names = [variant, `${variant} ${factors.chunk ?? factors.control ?? factors.link}`, role];
    for (const name of names) {
      const own = change[name];
      if (own && !(name === variant && role === 'repeat'))
        for (const sample of samples) Object.assign(sample, own(sample as Planted));
    }
  }
  return result;
}

const copied =
  (places: Partial<NonNullable<CountSample['copiedBytes']>>) =>
  (sample: Planted): Planted => {
    const copiedBytes = { ...(sample.copiedBytes as NonNullable<CountSample['copiedBytes']>), ...places };
    return { copiedBytes, copiedTotal: Object.values(copiedBytes).reduce((sum, one) => sum + one, 0) };
  };
const calls = (count: number) => () => ({ calls: { call: count } });
const fresh = ({ sentBytes = 0 }: Planted) => ({ oldBytes: 0, newBytes: sentBytes });
const old = ({ sentBytes = 0 }: Planted) => ({ oldBytes: sentBytes, newBytes: 0 });
const nothing = () => ({ sentBytes: 0, oldBytes: 0, newBytes: 0 });
const times =
  (factor: number) =>
  ({ wallNs = 1, senderCpuNs = 1, receiverCpuNs = 1 }: Planted) => ({
    wallNs: Math.round(wallNs * factor),
    senderCpuNs: Math.round(senderCpuNs * factor),
    receiverCpuNs: Math.round(receiverCpuNs * factor),
  });
const MiB = 2 ** 20;

/** Each test: what the usual result says of it, and a change that turns the answer round. */
const turned: readonly (readonly [string, MachineVerdict, Parameters<typeof planted>[1]])[] = [
  ['A1 shared-pages', 'held', { 'sendfile none': old }],
  ['A2 count-copies', 'held', { 'read-write': copied({ fileToUser: 0 }) }],
  ['A3 count-calls', 'not-held', { 'read-write 65536': calls(2), 'sendfile whole': calls(1) }],
  ['A4 count-copies', 'held', { sendfile: copied({ inKernel: MiB }) }],
  ['A5 shared-pages', 'not-held', { 'sendfile none': nothing }],
  ['A6 count-copies', 'held', { sendfile: () => ({ referencedBytes: 0 }) }],
  ['A7 shared-pages', 'not-held', { 'writev none': fresh }],
  ['A9 count-calls', 'not-held', { 'read-write 4096': calls(32) }],
  ['A10 shared-pages', 'not-held', { 'sendfile none': nothing, 'read-write none': nothing }],
  ['B3 count-copies', 'held', { 'mmap-write': copied({ fileToUser: MiB }) }],
  ['B3 shared-pages', 'not-held', { 'mmap-write none': fresh }],
  ['B11 file-to-socket', 'held', { sendfile: times(1.9) }],
  ['C3 file-to-socket', 'held', { sendfile: times(1.9) }],
  ['C4 shared-pages', 'held', { sendfile: () => ({ calls: { pread: 1, sendfile: 1 } }) }],
  ['C5 count-calls', 'not-held', { 'sendfile 4096': calls(1) }],
  ['C7 count-calls', 'held', { 'sendfile whole': calls(1000) }],
  ['D1 file-to-socket', 'held', { sendfile: times(3) }],
  ['D2 file-to-socket', 'not-held', { sendfile: times(0.35 / 0.58) }],
  ['D5 file-to-socket', 'held', { sendfile: times(3) }],
  ['D6 count-copies', 'held', { sendfile: copied({ userToKernel: MiB }) }],
  ['D9 count-calls', 'not-held', { 'splice 65536': calls(20) }],
  ['E8 kernel-tls', 'not-held', { 'sendfile tls13': copied({ userToKernel: MiB }) }],
];

const other = { held: 'not-held', 'not-held': 'held' } as Readonly<Record<string, MachineVerdict>>;

test('A3 does not hold because the scheduler happened to switch four times and twice over one link', () => {
  const { lab, judge } = find('A3 count-calls');
  const result = planted(lab, {});
  const series = result.series.map((one) => {
    const count = one.factors.link === 'tcp' ? (one.variant === 'sendfile' ? 2 : 4) : 7;
    const samples = one.samples.map((sample) => ({ ...sample, voluntarySwitches: count, involuntarySwitches: 0 }));
    return { ...one, samples };
  });
  expect(judge({ ...result, series } as LabResult).state).toBe('not-held');
});

describe('predicates', () => {
  test('all of them are tried here', () => {
    expect(turned.map(([name]) => name).sort()).toEqual(tests.map(([name]) => name).sort());
  });

  test.each(turned)('%s: %s by what is usual, and the opposite by a changed result', (name, usual, change) => {
    const { lab, judge } = find(name);
    const finding = judge(planted(lab, {}));
    expect(finding.state).toBe(usual);
    expect(numbers(finding).length).toBeGreaterThan(0);
    expect(numbers(finding).every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(judge(planted(lab, change)).state).toBe(other[usual]);
  });

  test.each(tests)('%s is not run without any one of the series that it needs', (_, { lab, judge }) => {
    const whole = planted(lab, {});
    const without = whole.series.map((_series, at) =>
      judge({ ...whole, series: whole.series.toSpliced(at, 1) } as LabResult),
    );
    const needed = without.filter(({ state }) => state !== judge(whole).state);
    expect(needed.length).toBeGreaterThan(0);
    expect(new Set(needed.map(({ state }) => state))).toEqual(new Set(['not-run']));
  });

  test.each(tests)('%s is not run by a result of another kind, and reads nothing but samples', (_, { lab, judge }) => {
    const wrong = planted(lab === 'shared-pages' ? 'count-calls' : 'shared-pages', {});
    expect(judge(wrong)).toMatchObject({ state: 'not-run', why: { code: 'other-kind' } });
    const renamed = { ...planted(lab, {}), lab: 'another', question: '', warnings: [], seed: 0 } as LabResult;
    expect(judge(renamed).state).toBe(judge(planted(lab, {})).state);
  });

  test.each(['A2 count-copies', 'A4 count-copies'])('%s does not hold when a single round differs', (name) => {
    const { judge, lab } = find(name);
    const odd = (sample: Planted) => (sample.round === 1 ? copied({ inKernel: MiB })(sample) : {});
    expect(judge(planted(lab, { sendfile: odd, 'read-write': odd })).state).toBe('not-held');
  });

  test('what the lab could not run, cannot run here', () => {
    const { judge } = find('A4 count-copies');
    const whole = planted('count-copies', {});
    const gone = whole.series
      .filter(({ variant }) => variant === 'sendfile')
      .map(({ variant, factors }) => ({ variant, factors, why: 'no-veth', args: {} }));
    const series = whole.series.filter(({ variant }) => variant !== 'sendfile');
    expect(judge({ ...whole, series, cannotRun: gone } as LabResult)).toEqual({
      state: 'cannot-run',
      why: { code: 'no-veth', args: {} },
    });
  });

  test('a kernel without TLS cannot run what needs it', () => {
    const factors = { link: 'tls13', receiver: 'read', fileSystem: 'ext4' };
    const lacking = tlsResult({
      without: ['tls13'],
      cannotRun: [{ variant: 'sendfile', factors, why: 'no-kernel-tls', args: {} }],
    });
    expect(find('E8 kernel-tls').judge(lacking)).toMatchObject({ state: 'cannot-run', why: { code: 'no-kernel-tls' } });
    expect(find('E8 kernel-tls').judge(tlsResult({ without: ['tls13'] })).state).toBe('not-run');
  });

  test('a failed cross-check, an unclear proof or nothing shared decides nothing', () => {
    const { judge } = find('A7 shared-pages');
    const code = (change: Parameters<typeof planted>[1]) => judge(planted('shared-pages', change));
    expect(code({ 'sendfile no-overwrite': fresh })).toMatchObject({ state: 'not-run', why: { code: 'check-failed' } });
    expect(code({ 'writev none': () => ({ otherBytes: 5 }) })).toMatchObject({
      state: 'not-run',
      why: { code: 'unclear-proof' },
    });
    expect(code({ 'sendfile none': old })).toMatchObject({ state: 'not-run', why: { code: 'nothing-shared' } });
  });
});

describe('timed predicates', () => {
  const { judge } = find('D1 file-to-socket');

  test('ask for nine rounds', () => {
    expect(judge(timeResult({ rounds: 8 }))).toMatchObject({
      state: 'not-run',
      why: { code: 'too-few-rounds', args: { rounds: 8, needed: 9 } },
    });
  });

  test('say too noisy when the baseline differs from itself', () => {
    expect(judge(timeResult({ costs: { repeat: 1.5 } }))).toMatchObject({
      state: 'too-noisy',
      why: { code: 'baseline-differs' },
    });
  });

  test('say too noisy when the noise is wider than half the way to the threshold', () => {
    expect(judge(timeResult({ noise: 0.6, seed: 3, costs: { sendfile: 0.9 } }))).toMatchObject({
      state: 'too-noisy',
      why: { code: 'noise-too-wide' },
    });
  });

  test('say too noisy when the interval lies on both sides', () => {
    const found = find('D2 file-to-socket').judge(timeResult({ rounds: 15, noise: 0.01, costs: { sendfile: 0.35 } }));
    expect(found.state).toBe('held');
    const jumpy = planted('file-to-socket', {
      sendfile: (sample) => times(sample.round && sample.round % 2 ? 0.25 : 0.8)(sample),
    });
    expect(find('D2 file-to-socket').judge(jumpy)).toMatchObject({ state: 'too-noisy', why: { code: 'straddles' } });
  });

  test('of the wall time say nothing with one CPU', () => {
    expect(find('D5 file-to-socket').judge(timeResult({ usableCpus: [0] }))).toMatchObject({
      state: 'not-run',
      why: { code: 'one-cpu' },
    });
    expect(judge(timeResult({ usableCpus: [0] })).state).toBe('held');
  });
});

function numbers(finding: Finding) {
  return 'numbers' in finding ? finding.numbers : [];
}
