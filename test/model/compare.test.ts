import { describe, expect, test } from 'vitest';
import { answerDifferences, environmentDifferences } from '#model/compare/index.ts';
import type { TimeResult } from '#model/result.ts';
import { comparedName, comparedText, spanText, verdictWord } from '#model/words/compare.ts';
import {
  factsEntry,
  factsResult,
  growthEntry,
  growthResult,
  proofResult,
  timeEntry,
  timeResult,
} from '../fixtures/results.ts';

const two = ['read-write', 'sendfile'];

describe('environmentDifferences()', () => {
  const result = timeResult();

  test('finds none between a result and itself', () => {
    expect(environmentDifferences(result, result)).toEqual([]);
  });

  test('finds what weighs, and keeps silent of what changes from minute to minute', () => {
    const other: TimeResult = {
      ...result,
      parameters: { receiver: 'discard', cache: 'cold' },
      environment: {
        ...result.environment,
        kernel: { ...result.environment.kernel, release: '6.1' },
        memory: { ...result.environment.memory, availableBytes: 1 },
        tcp: { ...result.environment.tcp, wmem: [1, 2, 3] },
      },
    };
    expect(environmentDifferences(result, other)).toEqual([
      { what: 'kernel.release', a: '6.18.44', b: '6.1' },
      { what: 'tcp.wmem', a: '4096 16384 4194304', b: '1 2 3' },
      { what: 'parameters.receiver', a: 'copy', b: 'discard' },
      { what: 'parameters.cache', a: 'none', b: 'cold' },
    ]);
  });
});

describe('answerDifferences() of times', () => {
  const verdicts = (a: TimeResult, b: TimeResult) => answerDifferences(a, b).compared.map(({ verdict }) => verdict);

  test('sees a difference that is larger than the noise of either', () => {
    expect(
      verdicts(timeResult({ variants: two }), timeResult({ variants: two, seed: 2, costs: { sendfile: 0.8 } })),
    ).toEqual(['differs']);
  });

  test('sees none between two runs of the same, in nearly all pairs', () => {
    let differing = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const [a, b] = [seed, seed + 1000].map((each) => timeResult({ variants: two, seed: each, noise: 0.05 }));
      if (a && b && verdicts(a, b)[0] === 'differs') differing++;
    }
    expect(differing).toBeLessThanOrEqual(2);
  });

  test('sees none that the noise of one of them could have made', () => {
    const noisy = timeResult({ variants: two, noise: 0.5, seed: 4 });
    expect(verdicts(timeResult({ variants: two }), noisy)).toEqual(['same']);
  });

  test('does not know with too few rounds, and says which series only one has', () => {
    const found = answerDifferences(timeResult({ rounds: 3 }), timeResult({ variants: two }));
    expect(found.compared.map(({ verdict, b }) => [verdict, b !== null])).toEqual([['unknown', true]]);
    expect(found.onlyA.map(({ variant }) => variant)).toEqual(['mmap-write', 'splice', 'node-stream']);
    expect(found.onlyB).toEqual([]);
  });

  test("compares by the measure of the lab's answer", () => {
    const { compared } = answerDifferences(growthResult(), growthResult({ seed: 9 }), growthEntry.answer);
    expect(new Set(compared.map(({ measure }) => measure))).toEqual(new Set(['extra.memoryBytes']));
    expect(compared).toHaveLength(10);
  });
});

describe('answerDifferences() of what was counted', () => {
  test('is the same to the last one, or differs', () => {
    const a = factsResult();
    const changed = {
      ...a,
      series: a.series.map((one) => ({
        ...one,
        samples: one.samples.map((sample) => ({ ...sample, extra: { ...sample.extra, wirePackets: 47 } })),
      })),
    };
    const measures = answerDifferences(a, changed).compared.filter(({ verdict }) => verdict === 'differs');
    expect(measures.map(({ measure }) => measure)).toEqual(Array(4).fill('extra.wirePackets'));
    expect(answerDifferences(a, a).compared.every(({ verdict }) => verdict === 'same')).toBe(true);
  });

  test('compares the bytes that arrived overwritten', () => {
    const { compared } = answerDifferences(proofResult(), proofResult());
    expect(compared.map(({ measure }) => measure)).toContain('shared');
    expect(compared.every(({ verdict }) => verdict === 'same')).toBe(true);
  });
});

describe('words', () => {
  const [a, b] = [timeResult({ variants: two }), timeResult({ variants: two, seed: 2, costs: { sendfile: 0.8 } })];

  test('comparedText() counts', () => {
    expect(comparedText(answerDifferences(a, b))).toBe('1 of 1 answers differs by more than the noise of either.');
    expect(comparedText(answerDifferences(a, a))).toBe('No answer of 1 differs by more than the noise of either.');
    expect(comparedText(answerDifferences(timeResult({ rounds: 3 }), a))).toBe(
      'No answer of 1 differs by more than the noise of either; 1 could not be compared: too few rounds; 3 are in one of them only.',
    );
    expect(comparedText({ compared: [], onlyA: [], onlyB: [] })).toBe('The two have no answer in common.');
  });

  test('spanText(), comparedName() and verdictWord() lay one out', () => {
    const [ratio] = answerDifferences(a, a).compared;
    expect(ratio && comparedName(ratio, timeEntry, ['link'])).toBe('sendfile, loopback TCP');
    expect(ratio && spanText(ratio, ratio.a, timeEntry)).toMatch(/^0\.\d\d \(0\.\d\d–0\.\d\d\)$/);
    expect(ratio && verdictWord(ratio)).toBe('within the noise');
    const counted = answerDifferences(factsResult(), factsResult()).compared.find(
      ({ measure }) => measure === 'extra.newBytes',
    );
    expect(counted && comparedName(counted, factsEntry, [])).toBe('Changed after sending: read + write');
    expect(counted && spanText(counted, { value: 4096, low: 4096, high: 8192 }, factsEntry)).toBe('4 KiB to 8 KiB');
    expect(counted && verdictWord(counted)).toBe('same');
  });
});
