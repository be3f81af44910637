import { describe, expect, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import {
  proveVerdictsSchema,
  type RunVerdict,
  type VerdictsRun,
  verdictFaults,
  verdictsAgreement,
  verdictsSummary,
} from '#model/prove.ts';
import { environment } from '../fixtures/environment.ts';
import { networkResult } from '../fixtures/network-result.ts';
import { countResult, timeResult } from '../fixtures/results.ts';
import { proveText } from './prove-text.ts';
import { runOf } from './verdicts.ts';

const about = { order: 0, startedAt: '2026-11-21T10:00:00.000Z', durationNs: 4e11, failed: [] };
const verdict = (state: RunVerdict['state'], why: string | null = null, id = 'A1'): RunVerdict => {
  return { id, state, why, timed: true };
};
const run = (...verdicts: RunVerdict[]): VerdictsRun => {
  return { ...about, labs: [], same: { compared: 50, differed: 1 }, verdicts };
};

describe('runOf()', () => {
  test('judges every claim and says how noisy each lab was', () => {
    const found = runOf([timeResult({ rounds: 9 }), networkResult(), countResult()], about);
    expect(found.verdicts.map(({ id }) => id)).toEqual(claims.map(({ id }) => id));
    expect(found.verdicts.find(({ id }) => id === 'D1')).toMatchObject({ state: 'held', timed: true });
    expect(found.verdicts.find(({ id }) => id === 'B4')).toMatchObject({ state: 'not-run', why: 'no-result' });
    expect(found.labs[0]).toEqual({ lab: 'file-to-socket', noise: expect.any(Number) });
    expect(found.labs[2]?.noise).toBeNull();
    expect(found.same.compared).toBeGreaterThan(0);
  });

  test('sees a baseline that differs from itself', () => {
    const same = runOf([timeResult({ rounds: 9, costs: { repeat: 1.5 } })], about).same;
    expect(same.differed).toBe(same.compared);
  });
});

describe('verdictFaults()', () => {
  test('accepts what repeats, also what waits for a lab, and a few that are too noisy', () => {
    expect(verdictFaults([run(verdict('held')), run(verdict('too-noisy', 'straddles')), run(verdict('held'))])).toEqual(
      [],
    );
    expect(verdictFaults([run(verdict('not-run', 'no-lab')), run(verdict('cannot-run', 'no-card'))])).toEqual([]);
  });

  test.each<[string, VerdictsRun[], RegExp]>([
    ['a flip', [run(verdict('held')), run(verdict('not-held'))], /^A1 flipped/],
    [
      'a claim left open',
      [run(verdict('held')), run(verdict('not-run', 'no-result'))],
      /^A1 was left open .*no-result/,
    ],
    [
      'too many that are too noisy',
      [run(...Array.from({ length: 7 }, (_, at) => verdict('too-noisy', 'straddles', `A${at}`)))],
      /^7 claims were too noisy to say in run 1/,
    ],
    [
      'a lab that broke',
      [{ ...run(verdict('held')), failed: [{ lab: 'latency', why: 'killed' }] }],
      /^latency gave no result in run 1/,
    ],
  ])('refuses %s', (_, runs, fault) => expect(verdictFaults(runs)).toEqual([expect.stringMatching(fault)]));
});

describe('verdictsAgreement()', () => {
  const [held, other] = [verdict('held'), verdict('not-held')];
  const b1 = verdict('held', null, 'B1');
  test.each<[string, VerdictsRun[], VerdictsRun[], string]>([
    ['the same', [run(held, b1)], [run(held, b1)], 'Both decided 2 claims, and none of them otherwise.'],
    ['another verdict', [run(held, b1)], [run(other, b1)], 'Both decided 2 claims, and otherwise A1.'],
    [
      'one that was decided once',
      [run(verdict('too-noisy')), run(held)],
      [run(other)],
      'Both decided 1 claim, and otherwise A1.',
    ],
    [
      'one that flipped',
      [run(held, b1), run(other, b1)],
      [run(other, b1)],
      'Both decided 1 claim, and none of them otherwise.',
    ],
    [
      'one that nobody decided',
      [run(verdict('not-run'), b1)],
      [run(held, b1)],
      'Both decided 1 claim, and none of them otherwise.',
    ],
  ])('tells %s', (_, one, two, text) => {
    expect(verdictsAgreement({ runs: one }, { runs: two })).toBe(text);
  });
});

describe('verdictsSummary()', () => {
  const series = (runs: VerdictsRun[]) =>
    proveVerdictsSchema.parse({
      kind: 'prove-verdicts',
      schemaVersion: 1,
      startedAt: about.startedAt,
      durationNs: 1,
      seed: 1,
      share: 1,
      small: false,
      environment,
      parameters: { command: './zc run --all --quick', commits: ['abc'] },
      runs,
    });
  const five = Array.from({ length: 5 }, (_, order) => ({ ...run(verdict('held')), order }));

  test('the bar is for five runs', () => {
    expect(verdictsSummary(series(five))).toMatchObject({ held: true, text: expect.stringContaining('none flipped') });
    expect(verdictsSummary(series(five.slice(1))).held).toBeNull();
    expect(verdictsSummary(series([...five, run(verdict('not-held'))])).held).toBe(false);
  });

  test('says how often the same differed from the same, and how often chance would', () => {
    expect(verdictsSummary(series(five)).text).toContain(
      'compared with themselves 250 times and differed in 5, where 99 % intervals let 2.5 be expected',
    );
  });

  test('is text and comes back', () => {
    expect(proveVerdictsSchema.parse(JSON.parse(proveText(series(five))))).toEqual(series(five));
  });
});
