import { describe, expect, test } from 'vitest';
import {
  barOf,
  type InstrumentDocument,
  type InstrumentFamily,
  instrumentSchema,
  instrumentSummary,
} from '#model/instrument.ts';
import { environment } from '../fixtures/environment.ts';
import { normal } from '../fixtures/random.ts';

interface Synthetic {
  family?: InstrumentFamily['family'];
  bytes?: number;
  callsPerOperation?: number;
  /** ns of one operation in C, and how many ns ours takes more. */
  cNs?: number;
  extraNs?: number;
  rounds?: number;
  /** Standard deviation of the noise, as a share. */
  noise?: number;
}

/** A family whose samples drift by half over the series: what drifts must drop out of every comparison. */
function family(wanted: Synthetic = {}): InstrumentFamily {
  const { cNs = 10_000, extraNs = 0, rounds = 15, noise = 0 } = wanted;
  const next = normal(7);
  const sample = (round: number, side: 'c' | 'ours', ns: number) => {
    const operations = side === 'c' ? 2000 : 3000;
    const drift = 1 + round / rounds / 2;
    return {
      round,
      order: 2 * round + (side === 'c' ? 0 : 1),
      side,
      cpuNs: Math.round(ns * drift * (1 + noise * next()) * operations),
      operations,
    };
  };
  return {
    family: wanted.family ?? 'sendfile',
    bytes: wanted.bytes ?? 65_536,
    callsPerOperation: wanted.callsPerOperation ?? 1,
    samples: Array.from({ length: rounds }, (_, round) => [
      sample(round, 'c', cNs),
      sample(round, 'ours', cNs + extraNs),
    ]).flat(),
  };
}

function document(...families: InstrumentFamily[]): InstrumentDocument {
  return {
    schemaVersion: 1,
    kind: 'instrument',
    startedAt: '2026-11-21T10:00:00Z',
    environment,
    seed: 1,
    rounds: 15,
    families,
  };
}

const only = (wanted: Synthetic) => {
  const { rows } = instrumentSummary(document(family(wanted)));
  return rows[0] as (typeof rows)[number];
};

describe('instrumentSummary()', () => {
  test('takes the ratio round by round, so that drift drops out', () => {
    const { ratio, cNs, oursNs, verdict } = only({ extraNs: 300 });
    expect(ratio).toMatchObject({ state: 'estimate', rounds: 15 });
    if (ratio.state !== 'estimate') return;
    expect(ratio.ratio).toBeCloseTo(1.03, 6);
    expect(ratio.high - ratio.low).toBeLessThan(1e-6);
    expect(oursNs.median / cNs.median).toBeCloseTo(1.03, 6);
    expect(verdict).toBe('met');
  });

  test.each([
    ['a small call', { bytes: 4096, callsPerOperation: 1, cNs: 1000, extraNs: 100 }, 125],
    ['two calls an operation', { bytes: 4096, callsPerOperation: 2, cNs: 1000, extraNs: 100 }, 62.5],
    ['a lookup, which makes no call', { family: 'lookup', bytes: 8, callsPerOperation: 0, cNs: 1, extraNs: 8 }, 10],
  ] as const)('gives the extra time per call: %s', (_, wanted, ns) => {
    // The middle of a drift from 1 to 1.5 is about 1.25.
    const { extra } = only(wanted);
    expect(extra.state).toBe('estimate');
    if (extra.state === 'estimate') expect(extra.ns / ns).toBeCloseTo(1, 1);
  });

  test.each<[string, Synthetic, string]>([
    ['a large transfer 4 % slower', { extraNs: 400 }, 'met'],
    ['a large transfer 6 % slower', { extraNs: 600 }, 'missed'],
    ['a large transfer whose interval reaches too high', { extraNs: 300, noise: 0.15 }, 'missed'],
    ['a large transfer that is faster than C', { extraNs: -2000 }, 'met'],
    ['a small transfer 100 ns a call slower', { bytes: 4096, cNs: 1000, extraNs: 100 }, 'met'],
    ['a small transfer 200 ns a call slower', { bytes: 4096, cNs: 1000, extraNs: 200 }, 'missed'],
    [
      'three calls 300 ns slower',
      { family: 'open-read-close', bytes: 2 ** 20, callsPerOperation: 3, extraNs: 300 },
      'met',
    ],
    [
      'three calls 600 ns slower',
      { family: 'open-read-close', bytes: 2 ** 20, callsPerOperation: 3, extraNs: 600 },
      'missed',
    ],
    ['a lookup 10 ns slower', { family: 'lookup', bytes: 8, callsPerOperation: 0, cNs: 1, extraNs: 10 }, 'met'],
    ['a lookup 30 ns slower', { family: 'lookup', bytes: 8, callsPerOperation: 0, cNs: 1, extraNs: 30 }, 'missed'],
    ['the empty call, which has no bar', { family: 'empty-call', bytes: 0, cNs: 100, extraNs: 900 }, 'no-bar'],
    ['five rounds', { rounds: 5 }, 'too-few-rounds'],
  ])('judges %s', (_, wanted, verdict) => {
    expect(only(wanted).verdict).toBe(verdict);
  });

  test.each<[string, Synthetic[], string]>([
    ['all rows met', [{}, { family: 'empty-call', bytes: 0, extraNs: 900 }], 'met'],
    ['one row missed', [{}, { extraNs: 900 }, { rounds: 5 }], 'missed'],
    ['one row with too few rounds', [{}, { rounds: 5 }], 'too-few-rounds'],
    ['only the empty call', [{ family: 'empty-call', bytes: 0 }], 'too-few-rounds'],
  ])('says of the whole series: %s', (_, wanted, verdict) => {
    expect(instrumentSummary(document(...wanted.map(family))).verdict).toBe(verdict);
  });
});

describe('barOf()', () => {
  test.each([
    ['read-write', 4096, { measure: 'extra', mostNs: 160 }],
    ['read-write', 65_536, { measure: 'ratio', most: 1.05, mostHigh: 1.1 }],
    ['sendfile', 2 ** 20, { measure: 'ratio', most: 1.05, mostHigh: 1.1 }],
    ['open-mmap-scan-munmap-close', 2 ** 20, { measure: 'extra', mostNs: 160 }],
    ['lookup', 8, { measure: 'extra', mostNs: 25 }],
    ['empty-call', 0, null],
  ] as const)('of %s at %i bytes', (name, bytes, bar) => {
    expect(barOf(name, bytes)).toEqual(bar);
  });
});

describe('instrumentSchema', () => {
  const good = document(family());
  const [first] = good.families as [InstrumentFamily];
  const withSamples = (samples: InstrumentFamily['samples']) => ({ ...good, families: [{ ...first, samples }] });

  test('reads what was written', () => {
    expect(instrumentSchema.parse(JSON.parse(JSON.stringify(good)))).toEqual(good);
  });

  test.each([
    ['a round without one side', withSamples(first.samples.slice(1))],
    ['a round with one side twice', withSamples([...first.samples, first.samples[0] as never])],
    ['a sample without time', withSamples(first.samples.map((sample) => ({ ...sample, cpuNs: 0 })))],
    ['a sample without operations', withSamples(first.samples.map((sample) => ({ ...sample, operations: 0 })))],
    ['a family that is not known', { ...good, families: [{ ...first, family: 'splice' }] }],
    ['no family', { ...good, families: [] }],
    ['another kind', { ...good, kind: 'time' }],
    ['a summary beside the samples', { ...good, summary: instrumentSummary(good) }],
  ])('refuses %s', (_, wrong) => {
    expect(instrumentSchema.safeParse(wrong).success).toBe(false);
  });

  test('says what is wrong with a round that lacks a side', () => {
    const { error } = instrumentSchema.safeParse(withSamples(first.samples.slice(1)));
    expect(error?.message).toContain('expected one sample of each side in every round');
  });
});
