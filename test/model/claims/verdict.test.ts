import { describe, expect, test } from 'vitest';
import { type Claim, claims, judgeClaim, type MachineVerdict } from '#model/claims/index.ts';
import { claimResults } from '../../fixtures/claims-results.ts';

const result = (claimResults['shared-pages'] as () => ReturnType<(typeof claimResults)[string]>)();
const finding = (state: MachineVerdict) =>
  state === 'held' || state === 'not-held'
    ? { state, numbers: [] }
    : { state, why: { code: state, args: {} }, numbers: [] };

/** A claim whose tests answer so. */
function claimOf(...states: MachineVerdict[]): Claim {
  const [first, ...others] = states.map((state) => ({ lab: 'x', asks: '', judge: () => finding(state) }));
  const stated = {
    id: 'X1',
    statement: '',
    saidBy: [1] as const,
    sources: { verdict: 'true' as const, why: '', citations: [] },
  };
  return { ...stated, tests: [first as NonNullable<typeof first>, ...others] };
}

describe('judgeClaim()', () => {
  test.each([
    [['held', 'held'], 'held'],
    [['held', 'not-held'], 'not-held'],
    [['held', 'too-noisy'], 'too-noisy'],
    [['not-held', 'too-noisy'], 'not-held'],
    [['held', 'not-run'], 'not-run'],
    [['not-held', 'not-run'], 'not-run'],
    [['held', 'cannot-run'], 'cannot-run'],
    [['not-run', 'cannot-run'], 'not-run'],
  ] as [MachineVerdict[], MachineVerdict][])('%j is %s', (states, expected) => {
    const verdict = judgeClaim(claimOf(...states), { x: result });
    expect(verdict.state).toBe(expected);
    expect(verdict.why === null).toBe(['held', 'not-held'].includes(expected));
  });

  test('without a result it is not run, and cannot run where the lab said so', () => {
    expect(judgeClaim(claimOf('held'), {})).toMatchObject({
      state: 'not-run',
      why: { code: 'no-result', args: { lab: 'x' } },
    });
    const why = { code: 'no-strace', args: {} };
    expect(judgeClaim(claimOf('held'), { x: { cannotRun: why } })).toMatchObject({ state: 'cannot-run', why });
  });

  test('a claim without a test has its reason, whatever results there are', () => {
    const states = Object.fromEntries(claims.map((claim) => [claim.id, judgeClaim(claim, {}).state]));
    expect(states).toMatchObject({ A8: 'cannot-run', C1: 'not-run', E1: 'not-run', F6: 'not-run' });
    expect(new Set(Object.values(states))).toEqual(new Set(['not-run', 'cannot-run']));
  });
});
