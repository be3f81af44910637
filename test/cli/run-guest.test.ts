import { describe, expect, test } from 'vitest';
import { LabFailed, UsageError } from '#cli/exit.ts';
import { refuseClock, resultOf, wordsFor } from '#cli/run-guest.ts';
import { GuestBroke } from '#guest/guest-broke.ts';
import { proofResult } from '../fixtures/proof-result.ts';

const request = { mode: 'default', rounds: null, bytes: null, receiver: 'copy', seed: 7 } as const;

describe('refuseClock()', () => {
  test('lets labs that prove or count pass, and refuses one with a clock', () => {
    for (const kind of ['proof', 'count'] as const) refuseClock({ id: 'a', kind });
    expect(() => refuseClock({ id: 'a', kind: 'time' })).toThrow(UsageError);
  });
});

describe('wordsFor()', () => {
  test('asks the program in the guest for the same', () => {
    expect(wordsFor('a', request).join(' ')).toBe('run a --json --seed 7 --receiver copy');
    expect(wordsFor('a', { ...request, mode: 'quick', rounds: 3, bytes: 4096, receiver: 'discard' }).join(' ')).toBe(
      'run a --json --seed 7 --receiver discard --quick --rounds 3 --size 4096',
    );
  });
});

describe('resultOf()', () => {
  const result = proofResult();
  const inGuest = { ...result, environment: { ...result.environment, guest: 'Linux 6.12, pc machine, QEMU' } };
  const outcome = (document: unknown, exitCode = 0) => ({
    exitCode,
    stdout: Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)),
  });

  test('gives the result', () => {
    expect(resultOf(outcome(inGuest), result.lab, null)).toEqual(inGuest);
  });

  test("passes a lab's own end on: its exit code and its sentence", () => {
    const failing = () => resultOf(outcome('', 3), 'a', 'Cannot run here: it is dark.');
    expect(failing).toThrow(new LabFailed('a ended in the guest with exit code 3: Cannot run here: it is dark.', 3));
    expect(failing).toThrow(expect.objectContaining({ exitCode: 3 }));
  });

  test.each([
    ['not JSON', outcome('{"schemaVersion": 1,'), /no result of/],
    ['no result', outcome({ schemaVersion: 1 }), /no result of/],
    ['another lab', outcome({ ...inGuest, lab: 'other' }), /found one of 'other'/],
    ['one that did not run in a guest', outcome(result), /found one that names no guest/],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => resultOf(wrong, result.lab, null)).toThrow(GuestBroke);
    expect(() => resultOf(wrong, result.lab, null)).toThrow(message);
  });
});
