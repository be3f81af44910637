import { describe, expect, test } from 'vitest';
import { explain, hasGains, type Reason } from '#model/explain/index.ts';
import type { Factors, TimeResult, TimeSample } from '#model/result.ts';
import { firstReasonText, missingText, reasonWords } from '#model/words/explain.ts';
import { factsResult, timeEntry, timeResult } from '../fixtures/results.ts';

const MIB = 2 ** 20;

/** A result in which sendfile costs as much as read + write, changed as a reason would. */
function without(
  change: (sample: TimeSample, variant: string) => Partial<TimeSample> = () => ({}),
  around: Partial<TimeResult> = {},
  factors?: Factors,
): TimeResult {
  const plain = timeResult({ variants: ['read-write', 'sendfile'], costs: { sendfile: 1 }, noise: 0.01 });
  return {
    ...plain,
    ...around,
    series: plain.series.map((series) => ({
      ...series,
      factors: factors ?? series.factors,
      samples: series.samples.map((sample) => ({ ...sample, ...change(sample, series.variant) })),
    })),
  };
}

const codes = (result: TimeResult) => explain(result)[0]?.reasons.map(({ code }) => code) ?? [];

/** Both ends as busy as this share of the wall time. */
const shares =
  (sender: number, receiver: number) =>
  ({ senderCpuNs, receiverCpuNs }: TimeSample): Partial<TimeSample> => {
    const total = senderCpuNs + receiverCpuNs;
    const wallNs = Math.round(total / (sender + receiver));
    return { wallNs, senderCpuNs: Math.round(wallNs * sender), receiverCpuNs: Math.round(wallNs * receiver) };
  };

/** The whole machine used so many processors more than both ends while the samples were taken. */
function besides(result: TimeResult, cpus: number): TimeResult {
  const series = result.series.map((one) => ({
    ...one,
    machineCpuNs: one.samples.reduce(
      (sum, { senderCpuNs, receiverCpuNs, wallNs }) => sum + senderCpuNs + receiverCpuNs + cpus * wallNs,
      0,
    ),
  }));
  return { ...result, series };
}

const warned = (code: string, args: Record<string, number> = {}) => ({ warnings: [{ code, args }] });

describe('explain()', () => {
  test('finds nothing to explain where the gain is there', () => {
    expect(explain(timeResult())).toEqual([]);
  });

  test('speaks of paths with fewer copies only', () => {
    const stream = timeResult({ variants: ['read-write', 'node-stream'], costs: { 'node-stream': 2 } });
    expect(explain(stream)).toEqual([]);
  });

  test('needs an interval', () => {
    expect(explain(timeResult({ rounds: 3, costs: { sendfile: 1 } }))).toEqual([]);
  });

  test('tells a missing gain from a reversed one, and the CPU from the clock', () => {
    expect(explain(without())[0]?.situation).toMatchObject({ state: 'missing', measure: 'totalCpuNs' });
    const reversed = timeResult({ variants: ['read-write', 'sendfile'], costs: { sendfile: 1.5 } });
    expect(explain(reversed)[0]?.situation).toMatchObject({ state: 'reversed', measure: 'totalCpuNs' });
    const clock = without((sample, variant) => ({
      wallNs: 214e6,
      senderCpuNs: Math.round(sample.senderCpuNs / (variant === 'sendfile' ? 3 : 1)),
    }));
    expect(explain(clock)[0]?.situation).toMatchObject({ state: 'missing', measure: 'wallNs' });
    const oneCpu = { ...clock, environment: { ...clock.environment, cpu: { ...clock.environment.cpu, usable: [0] } } };
    expect(explain(oneCpu)).toEqual([]);
  });

  test.each<[string, TimeResult]>([
    ['receiver-bound', without(shares(0.4, 0.97))],
    ['receiver-late', without(shares(0.2, 0.2))],
    ['cpu-idle', without(shares(0.2, 0.2), {}, { link: 'veth', rate: '1 Gbit/s' })],
    ['cpu-idle', without(shares(0.2, 0.2), {}, { link: 'tcp-1gbit' })],
    ['receiver-late', without(shares(0.2, 0.2), {}, { link: 'tcp-100k' })],
    ['paced', without(shares(0.2, 0.2), { warnings: [{ code: 'pacing', args: { congestionControl: 'bbr' } }] })],
    ['small-buffer', without(() => ({ calls: { sendfile: (256 * MIB) / 4096 } }))],
    ['cold-cache', without(undefined, { parameters: { cache: 'cold' } })],
    ['evicted', without(undefined, warned('evicted-pages', { bytes: 200 * MIB }))],
    ['evicted', without(() => ({ majorFaults: 40 }))],
    [
      'small-socket-buffer',
      without((_, variant) => ({ voluntarySwitches: variant === 'sendfile' ? (256 * MIB) / 16384 : 20 })),
    ],
    ['tls-program', without(undefined, {}, { link: 'user-tls13' })],
    ['tls-kernel', without(undefined, {}, { link: 'tls13' })],
    ['page-faults', without((_, variant) => ({ minorFaults: variant === 'sendfile' ? (256 * MIB) / 4096 : 3 }))],
    ['throttled', without(undefined, warned('throttled', { samples: 3, of: 9 }))],
    ['busy-machine', besides(without(), 0.9)],
    ['busy-machine', besides(without(shares(0.3, 0.3)), 0.9)],
    ['bad-slice', without(undefined, {}, { link: 'tcp', chunk: 65_024, headerBytes: 60, offsetBytes: 2049 })],
    [
      'noisy-machine',
      timeResult({ variants: ['read-write', 'sendfile'], costs: { sendfile: 0.95 }, noise: 0.4, seed: 3 }),
    ],
  ])('ranks %s first where it was provoked', (code, result) => {
    expect(codes(result)[0]).toBe(code);
  });

  test('does not take a few pages that fell out for a cold file', () => {
    expect(codes(without(undefined, warned('evicted-pages', { bytes: MIB })))).not.toContain('evicted');
  });

  test('does not take the few faults of large folios for the cause', () => {
    const few = without((_, variant) => ({ minorFaults: variant === 'sendfile' ? (256 * MIB) / (200 * 1024) : 3 }));
    expect(codes(few)).not.toContain('page-faults');
  });

  test('does not take a busy neighbour for others, nor others for the cause where the processors had time', () => {
    expect(codes(besides(without(shares(0.02, 0.08), {}, { link: 'tcp-1gbit' }), 0.1))[0]).toBe('cpu-idle');
    const neighbour = besides(without(shares(0.02, 0.08), {}, { link: 'veth-1gbit' }), 0.9);
    expect(codes(neighbour)[0]).toBe('busy-machine');
    const own = neighbour.series.map((series) => ({
      ...series,
      samples: series.samples.map((sample) => ({ ...sample, extra: { neighbourOperations: 100 } })),
    }));
    expect(codes({ ...neighbour, series: own })).toEqual(['cpu-idle']);
  });

  test('does not take an end whose CPU time is not known for others', () => {
    expect(
      codes(
        besides(
          without(() => ({ receiverCpuNs: 0 })),
          0.9,
        ),
      ),
    ).not.toContain('busy-machine');
  });

  test('does not take a sleep between two answers for a small send buffer', () => {
    const answers = (bytes: number) =>
      without(() => ({ calls: { sendfile: (256 * MIB) / bytes }, voluntarySwitches: (256 * MIB) / bytes }));
    expect(codes(answers(63 * 1024))).not.toContain('small-socket-buffer');
    const within = without(() => ({ calls: { sendfile: 16 }, voluntarySwitches: (256 * MIB) / 16384 }));
    expect(codes(within)[0]).toBe('small-socket-buffer');
  });

  test.each([
    ['a slice without a header', { headerBytes: 0, offsetBytes: 2049 }],
    ['a slice from the start of a page', { headerBytes: 60, offsetBytes: 4096 }],
    ['a slice that is no answer', {}],
    ['a slice of several buffers', { chunk: 2 ** 20, headerBytes: 60, offsetBytes: 2049 }],
  ])('does not blame %s for lying badly', (_, factors) => {
    expect(codes(without(undefined, {}, { link: 'tcp', chunk: 65_024, ...factors }))).not.toContain('bad-slice');
  });

  test('does not take noise for the cause of a reversal', () => {
    const reversed = (seed: number) =>
      timeResult({ variants: ['read-write', 'sendfile'], costs: { sendfile: 3 }, noise: 0.15, seed });
    const weights = (result: TimeResult) =>
      explain(result)[0]
        ?.reasons.filter(({ code }) => code === 'noisy-machine')
        .map(({ weight }) => weight);
    expect(weights(reversed(1))?.every((weight) => weight <= 0.6)).toBe(true);
  });

  test('does not take other programs for the cause of a reversal', () => {
    const reversed = besides(
      timeResult({ variants: ['read-write', 'sendfile'], costs: { sendfile: 3 }, noise: 0.01 }),
      3,
    );
    const small = {
      ...reversed,
      series: reversed.series.map((series) => ({
        ...series,
        samples: series.samples.map((sample) => ({ ...sample, calls: { sendfile: (256 * MIB) / 16384 } })),
      })),
    };
    expect(codes(small)).toEqual(['small-buffer', 'busy-machine']);
  });

  test('orders several reasons by how well the evidence speaks for them', () => {
    const several = besides(
      without((sample) => ({ ...shares(0.4, 0.97)(sample), majorFaults: 5 })),
      0.4,
    );
    const weights = explain(several)[0]?.reasons.map(({ weight }) => weight) ?? [];
    expect(weights.length).toBeGreaterThan(2);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  });

  test('has nothing to explain in what was counted', () => {
    expect(hasGains(factsResult())).toBe(false);
    expect(hasGains(timeResult())).toBe(true);
  });
});

describe('words', () => {
  const all: Reason[] = [
    'receiver-bound',
    'receiver-late',
    'cpu-idle',
    'paced',
    'small-buffer',
    'cold-cache',
    'evicted',
  ]
    .concat([
      'small-socket-buffer',
      'bad-slice',
      'tls-program',
      'tls-kernel',
      'page-faults',
      'throttled',
      'busy-machine',
      'noisy-machine',
    ])
    .map((code) => ({
      code,
      weight: 1,
      args: { senderShare: 0.5, receiverShare: 0.5, bytes: 4096, faults: 7, share: 0.2, cpus: 0.8, of: 2, pages: 17 },
    }));

  test.each(all)('reasonWords() of $code: a clause, evidence, and what helps', (reason) => {
    const { why, evidence, remedy } = reasonWords(reason);
    expect(why).toMatch(/^[a-zA-Z].*[^.]$/);
    expect(evidence).toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
    expect(why + evidence + remedy).not.toMatch(/NaN|undefined/);
  });

  test('reasonWords() names a reason that it does not know', () => {
    expect(reasonWords({ code: 'moon', weight: 1, args: {} }).why).toContain("'moon'");
  });

  test('firstReasonText() is one sentence with its evidence', () => {
    const small = without((_, variant) => ({ voluntarySwitches: variant === 'sendfile' ? (256 * MIB) / 16384 : 20 }));
    expect(firstReasonText(explain(small), timeEntry)).toBe(
      'sendfile saved no CPU over loopback TCP: the send buffer is small: a quick sender fills it and is put to sleep. The sender slept once every 16 KiB, the baseline every 12.8 MiB.',
    );
    expect(firstReasonText([], timeEntry)).toBeNull();
  });

  test('missingText() is the comparison', () => {
    const [first] = explain(without());
    expect(first && missingText(first, timeEntry)).toMatch(
      /^No difference could be seen in the CPU that sendfile and read \+ write spent/,
    );
  });
});
