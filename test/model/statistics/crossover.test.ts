import { describe, expect, test } from 'vitest';
import { type CrossoverPoint, compare, crossover, noise, type Side, seriesOf, turnOf } from '#model/statistics.ts';
import { taskResult } from '../../fixtures/results.ts';

const entry = { id: 'toy', question: 'When?', baseline: 'read', variants: { read: 'read', map: 'map' } };
const along = { measure: 'totalCpuNs', per: 'operation', along: 'size' } as const;
const KiB = 1024;

/** A fixture in which mapping costs this much of reading, by size in KiB. */
function result(costs: Readonly<Record<number, number>>, noiseOfEach = 0.02, seed = 1) {
  return taskResult({
    entry,
    seed,
    noise: noiseOfEach,
    settings: Object.keys(costs).map((size) => ({ size: Number(size) * KiB })),
    plant: (variant, { size }, luck) => ({
      senderCpuNs: Math.round(1e7 * luck * (variant === 'map' ? (costs[Number(size) / KiB] ?? 1) : 1)),
      extra: { operations: variant === 'map' ? 100 : 100 },
    }),
  });
}

const points = (sides: string): Pick<CrossoverPoint, 'at' | 'side'>[] =>
  [...sides].map((letter, at) => ({
    at: at + 1,
    side: ({ l: 'less', m: 'more', '-': 'unsure' } as const)[letter] as Side,
  }));

describe('turnOf()', () => {
  test.each([
    ['mmll', { state: 'turns', from: 'more', last: 2, first: 3 }],
    ['m--ll', { state: 'turns', from: 'more', last: 1, first: 4 }],
    ['-l-m-', { state: 'turns', from: 'less', last: 2, first: 4 }],
    ['lll', { state: 'one-side', side: 'less', from: 1, to: 3, unsure: [] }],
    ['--ml', { state: 'turns', from: 'more', last: 3, first: 4 }],
    ['-mm', { state: 'one-side', side: 'more', from: 2, to: 3, unsure: [1] }],
    ['mlm', { state: 'several' }],
    ['---', { state: 'undecided' }],
    ['', { state: 'undecided' }],
  ])('reads %s', (sides, expected) => {
    expect(turnOf(points(sides))).toEqual(expected);
  });
});

describe('crossover()', () => {
  test('finds the range in which the cheaper one changes, whatever the order of the series', () => {
    const found = crossover(result({ 1024: 0.7, 4: 6, 64: 1.5, 256: 1 }), 'map', along);
    expect(found.points.map(({ at, side }) => [Number(at) / KiB, side])).toEqual([
      [4, 'more'],
      [64, 'more'],
      [256, 'unsure'],
      [1024, 'less'],
    ]);
    expect(found.turn).toEqual({ state: 'turns', from: 'more', last: 64 * KiB, first: 1024 * KiB });
  });

  test('is undecided where nothing differs, and without enough rounds', () => {
    expect(crossover(result({ 4: 1, 64: 1 }, 0.1), 'map', along).turn.state).toBe('undecided');
    const few = taskResult({
      entry,
      rounds: 3,
      settings: [{ size: KiB }],
      plant: () => ({ extra: { operations: 1 } }),
    });
    expect(crossover(few, 'map', along)).toMatchObject({
      points: [{ at: KiB, side: 'unsure', comparison: { state: 'too-few-rounds' } }],
      turn: { state: 'undecided' },
    });
  });

  test('finds a turn where there is none in at most one of twenty runs', () => {
    let turned = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { turn } = crossover(result({ 4: 1, 16: 1, 64: 1 }, 0.05, seed), 'map', along, {}, 0.99);
      if (turn.state === 'turns' || turn.state === 'several') turned++;
    }
    expect(turned).toBeLessThanOrEqual(5);
  });

  test('puts the true turn into its range in nearly all runs', () => {
    let right = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { turn } = crossover(result({ 4: 2, 64: 1.05, 256: 0.95, 1024: 0.5 }, 0.02, seed), 'map', along);
      if (turn.state === 'turns' && Number(turn.last) <= 64 * KiB && Number(turn.first) >= 256 * KiB) right++;
    }
    expect(right).toBeGreaterThanOrEqual(95);
  });
});

describe('compare() and noise() over other measures', () => {
  const plant = (variant: string, _: unknown, luck: number) => ({
    minorFaults: variant === 'map' ? 512 : 4,
    extra: { nsPerAccess: 5 * luck * (variant === 'map' ? 1.3 : 1), operations: variant === 'map' ? 200 : 100 },
    calls: variant === 'map' ? null : { read: 10 },
    latenciesNs: Array.from({ length: 50 }, (_, at) => Math.round((at + 1) * 1000 * (variant === 'map' ? 2 : 1))),
  });
  const own = taskResult({ entry, settings: [{}], plant });
  const map = own.series.find(({ variant }) => variant === 'map') as (typeof own.series)[number];

  test.each([
    ['extra.nsPerAccess', 1.3],
    ['minorFaults', 128],
    ['latency.p50', 2],
  ] as const)('compares %s', (measure, ratio) => {
    expect(seriesOf(own, 'map', {})).toBe(map);
    const found = compare(own, map, measure, 0.99);
    expect(found.state === 'estimate' && found.ratio).toBeCloseTo(ratio, 1);
  });

  test('divides by the operations where that is asked', () => {
    const found = compare(own, map, 'minorFaults', 0.99, 'operation');
    expect(found.state === 'estimate' && found.ratio).toBeCloseTo(64);
  });

  test('has too few rounds of what was not counted', () => {
    expect(compare(own, map, 'calls')).toMatchObject({ state: 'too-few-rounds', rounds: 0 });
    expect(compare(own, map, 'extra.gone')).toMatchObject({ state: 'too-few-rounds', rounds: 0 });
    expect(compare(own, map, 'latency.p99')).toMatchObject({ state: 'too-few-rounds', rounds: 0 });
  });

  test('knows the noise of the same measure', () => {
    expect(noise(own, {}, 'minorFaults', 0.99)).toMatchObject({ state: 'estimate', ratio: 1, halfWidth: 0 });
    expect(noise(own, {}, 'extra.nsPerAccess', 0.99)).toMatchObject({ state: 'estimate' });
  });
});
