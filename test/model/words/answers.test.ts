import { describe, expect, test } from 'vitest';
import type { Turn } from '#model/statistics.ts';
import { sentenceOf } from '#model/words/answers/answer.ts';
import { turnText } from '#model/words/answers/crossover.ts';
import { shareName } from '#model/words/answers/distribution.ts';
import { fillIn } from '#model/words/answers/facts.ts';
import { oneOf } from '#model/words/answers/growth.ts';
import { answerText } from '#model/words/answers/index.ts';
import { placePhrase } from '#model/words/factors.ts';
import { inSentence, measureWords } from '#model/words/quantities.ts';
import {
  crossoverEntry,
  crossoverResult,
  distributionEntry,
  distributionResult,
  factsEntry,
  factsResult,
  growthEntry,
  growthResult,
  ratioEntry,
  ratioResult,
} from '../../fixtures/results.ts';

describe('turnText()', () => {
  test.each<[Turn, string]>([
    [
      { state: 'turns', from: 'more', last: 4, first: 64 },
      'mmap spent more CPU than read up to 4, and less from 64 on.',
    ],
    [
      { state: 'turns', from: 'less', last: 4, first: 64 },
      'mmap spent less CPU than read up to 4, and more from 64 on.',
    ],
    [
      { state: 'one-side', side: 'less', from: 4, to: 64, unsure: [] },
      'mmap spent less CPU than read everywhere, from 4 to 64.',
    ],
    [
      { state: 'one-side', side: 'more', from: 4, to: 4, unsure: [16, 64] },
      'mmap spent more CPU than read at 4; no difference could be seen at 16 and 64.',
    ],
    [{ state: 'several' }, 'mmap spent now less, now more CPU than read: see the table.'],
    [{ state: 'undecided' }, 'no difference could be seen anywhere between the CPU that mmap and read spent.'],
  ])('says %j', (turn, text) => {
    expect(turnText(turn, { variant: 'mmap', baseline: 'read' }, measureWords('totalCpuNs'), String)).toBe(text);
  });

  test('says fewer of what is counted', () => {
    const turn = { state: 'turns', from: 'more', last: 1, first: 2 } as const;
    expect(turnText(turn, { variant: 'a', baseline: 'b' }, measureWords('calls'), String)).toBe(
      'a made more system calls than b up to 1, and fewer from 2 on.',
    );
  });
});

describe('fillIn()', () => {
  const fill = (says: string, without = false) => fillIn(says, factsResult(!without), factsEntry);

  test('puts medians in, with their units', () => {
    expect(fill('{sendfile[link=veth].extra.newBytes}, {sendfile[link=veth].calls}, {sendfile.extra.shared}')).toBe(
      '64 KiB, 1, yes',
    );
  });

  test('says none of bytes, and 0 of what is counted', () => {
    expect(fill('{read-write.extra.newBytes} {read-write.extra.gone}')).toBe('none not counted');
  });

  test('says what did not run, and what cannot', () => {
    expect(fill('{splice.calls}, {sendfile[link=unix].calls}')).toBe('not run, not run');
    expect(fill('{sendfile[link=veth-no-gather].calls}', true)).toBe('cannot run here');
  });

  test('leaves other braces alone', () => {
    expect(fill('{} {a b} {sendfile}')).toBe('{} {a b} {sendfile}');
  });
});

describe('answerText()', () => {
  const all = [
    ['growth', growthResult(), growthEntry],
    ['crossover', crossoverResult(), crossoverEntry],
    ['distribution', distributionResult(), distributionEntry],
    ['ratio', ratioResult(), ratioEntry],
    ['facts', factsResult(), factsEntry],
  ] as const;

  test.each(all)('gives a %s a conclusion, and a table whose rows are as wide as its head', (_, result, entry) => {
    const found = answerText(result, entry, entry.answer as NonNullable<typeof entry.answer>);
    expect(found?.text).toMatch(/\.$/);
    expect(found?.text).not.toMatch(/undefined|NaN|\{/);
    const rows = found?.table.groups.flatMap((group) => group.rows) ?? [];
    expect(rows.length).toBeGreaterThan(1);
    for (const { cells } of rows) expect(cells).toHaveLength(found?.table.columns.length ?? 0);
  });

  test('is null for counts that are to be compared round by round', () => {
    expect(answerText(factsResult(), factsEntry, { shape: 'distribution' })).toBeNull();
    expect(answerText(factsResult(), factsEntry, { shape: 'ratio', measure: 'calls', per: 'sample' })).toBeNull();
  });

  test('says that nothing ran beside the baseline', () => {
    const only = { skip: (variant: string) => variant !== 'read' };
    const answer = crossoverEntry.answer as NonNullable<typeof crossoverEntry.answer>;
    expect(answerText(crossoverResult(only), crossoverEntry, answer)?.text).toBe(
      'Nothing to compare: no variant ran beside the baseline.',
    );
  });

  test('says of growth what it cannot know', () => {
    const answer = growthEntry.answer as NonNullable<typeof growthEntry.answer>;
    const few = answerText(growthResult({ rounds: 3 }), growthEntry, answer);
    expect(few?.text).toContain('(too few rounds for an interval)');
    const one = answerText(growthResult({ settings: [{ consumers: 5 }] }), growthEntry, answer);
    expect(one?.text).toContain('by an unknown amount with sendfile (it ran with one value only)');
  });

  test('says of latencies what it cannot know', () => {
    const plant = { rounds: 1, settings: [{}] };
    const few = distributionResult(plant);
    const series = few.series.map((one) => ({
      ...one,
      samples: one.samples.map((sample) => ({ ...sample, latenciesNs: [1, 2, 3] })),
    }));
    expect(answerText({ ...few, series }, distributionEntry, { shape: 'distribution' })?.text).toBe(
      'Too few requests for a median: it needs 20.',
    );
  });
});

test('oneOf() is the singular of what the catalogue counts, else the name of the factor', () => {
  expect(oneOf('consumers', growthEntry)).toBe('consumer');
  expect(oneOf('size', crossoverEntry)).toBe('KiB');
  expect(oneOf('depth', {})).toBe('depth');
});

test('sentenceOf() leaves the letters of a title alone', () => {
  expect(sentenceOf('', 'sendfile did it.')).toBe('sendfile did it.');
  expect(sentenceOf('', 'no difference.')).toBe('No difference.');
  expect(sentenceOf('warm pages', 'no difference.')).toBe('Warm pages: no difference.');
});

test('placePhrase() says what bytes go over', () => {
  expect(placePhrase('loopback TCP', true)).toBe('over loopback TCP');
  expect(placePhrase('50 consumers', false)).toBe('50 consumers');
  expect(placePhrase('to a socket', false)).toBe('to a socket');
  expect(placePhrase('', true)).toBe('');
});

test('inSentence() leaves names alone', () => {
  expect(['Memory held', 'CPU to fill', 'MemAvailable fell by', 'a'].map(inSentence)).toEqual([
    'memory held',
    'CPU to fill',
    'MemAvailable fell by',
    'a',
  ]);
});

test('shareName() has no more decimals than it needs', () => {
  expect([0.5, 0.99, 0.999, 0.9999].map(shareName)).toEqual(['50 %', '99 %', '99.9 %', '99.99 %']);
});
