import { describe, expect, test } from 'vitest';
import {
  barOf,
  type Family,
  INSTRUMENT_VERSION,
  type InstrumentDocument,
  instrumentSchema,
  instrumentSummary,
} from '#model/instrument.ts';
import { environment } from '../fixtures/environment.ts';
import { uniform } from '../fixtures/random.ts';

const OPERATIONS = 1000;

/** A series of one family in which ours takes `extraNs` more an operation than C, with a little noise. */
function series(family: Family, bytes: number, cNs: number, extraNs: number, rounds = 15): InstrumentDocument {
  const random = uniform(1);
  const samples = Array.from({ length: rounds }, (_, round) => {
    const drift = 1 + 0.1 * random();
    const sample = (side: 'c' | 'ours', ns: number, order: number) => ({
      round,
      order,
      side,
      cpuNs: Math.round(ns * drift * (1 + 0.002 * random()) * OPERATIONS),
      operations: OPERATIONS,
    });
    return [sample('c', cNs, 2 * round), sample('ours', cNs + extraNs, 2 * round + 1)];
  }).flat();
  return {
    schemaVersion: INSTRUMENT_VERSION,
    kind: 'instrument',
    startedAt: '2026-01-01T00:00:00.000Z',
    environment,
    seed: 1,
    rounds,
    families: [{ family, bytes, callsPerOperation: family === 'lookup' ? 0 : 2, samples }],
  };
}

const verdict = (document: InstrumentDocument) => instrumentSummary(document).rows[0]?.verdict;

describe('instrumentSummary()', () => {
  test('finds the difference that was put in, per call', () => {
    const [row] = instrumentSummary(series('read-write', 4096, 2000, 200)).rows;
    expect(row?.extra).toMatchObject({ state: 'estimate' });
    // 200 ns an operation of two calls, scaled by the drift of up to a tenth.
    expect(row?.extra.state === 'estimate' && row.extra.ns).toBeGreaterThan(95);
    expect(row?.extra.state === 'estimate' && row.extra.ns).toBeLessThan(115);
  });

  test.each([
    ['read-write', 65_536, 50_000, 1000, 'met'],
    ['read-write', 65_536, 50_000, 4000, 'missed'],
    ['sendfile', 2 ** 20, 100_000, 12_000, 'missed'],
    ['sendfile', 4096, 1000, 150, 'met'],
    ['sendfile', 4096, 1000, 700, 'missed'],
    ['lookup', 8, 4, 20, 'met'],
    ['lookup', 8, 4, 40, 'missed'],
    ['empty-call', 0, 50, 5000, 'no-bar'],
  ] as const)('%s of %i bytes, %i ns in C and %i more: %s', (family, bytes, cNs, extraNs, expected) => {
    expect(verdict(series(family, bytes, cNs, extraNs))).toBe(expected);
  });

  test('says nothing from too few rounds', () => {
    expect(verdict(series('lookup', 8, 4, 1, 3))).toBe('too-few-rounds');
  });

  test('is met only when every row with a bar is', () => {
    const good = series('lookup', 8, 4, 1);
    const bad = series('read-write', 65_536, 50_000, 20_000);
    expect(instrumentSummary(good).verdict).toBe('met');
    expect(instrumentSummary({ ...good, families: [...good.families, ...bad.families] }).verdict).toBe('missed');
  });
});

test('barOf() asks for a ratio where much is moved, and for nanoseconds elsewhere', () => {
  expect(barOf('sendfile', 65_536)).toEqual({ measure: 'ratio', most: 1.05, mostHigh: 1.1 });
  expect(barOf('sendfile', 4096)).toEqual({ measure: 'extra', mostNs: 160 });
  expect(barOf('open-read-close', 2 ** 20)).toEqual({ measure: 'extra', mostNs: 160 });
  expect(barOf('lookup', 8)).toEqual({ measure: 'extra', mostNs: 25 });
});

test('instrumentSchema refuses a round that lacks a side', () => {
  const whole = series('lookup', 8, 4, 1);
  expect(instrumentSchema.safeParse(whole).success).toBe(true);
  const [family] = whole.families as [InstrumentDocument['families'][number]];
  const torn = { ...whole, families: [{ ...family, samples: family.samples.slice(1) }] };
  expect(instrumentSchema.safeParse(torn).error?.message).toContain('expected one sample of each side in every round');
});
