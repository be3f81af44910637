import { describe, expect, test } from 'vitest';
import { predictionOf } from '#site/figures/prediction.ts';
import { timeResult } from '../../fixtures/results.ts';

const entry = { variants: { 'read-write': 'read + write', sendfile: 'sendfile' } };
const result = timeResult({ links: ['tcp', 'unix'], costs: { sendfile: 0.5 }, noise: 0.01 });
const guessed = { variant: 'sendfile', where: { link: 'tcp' }, measure: 'totalCpuNs', per: 'GiB' } as const;

describe('predictionOf()', () => {
  test('asks for one number, the baseline being 100, and says what was measured', () => {
    const shown = predictionOf(result, entry, guessed)!;
    expect(shown.question).toBe(
      'Loopback TCP: if read + write is 100 in total CPU (sender and receiver together), what is sendfile?',
    );
    expect(shown.at).toBeGreaterThan(45);
    expect(shown.at).toBeLessThan(55);
    expect(shown.low).toBeLessThanOrEqual(shown.at);
    expect(shown.high).toBeGreaterThanOrEqual(shown.at);
    expect(shown.answer).toBe(`Measured: ${shown.at}, with an interval from ${shown.low} to ${shown.high}.`);
    expect(shown.most).toBe(150);
  });

  test('has a scale that holds what was measured', () => {
    const dear = timeResult({ costs: { sendfile: 3.2 }, noise: 0.01 });
    const { most, high } = predictionOf(dear, entry, { ...guessed, where: {} })!;
    expect(most).toBeGreaterThan(high);
    expect(most % 50).toBe(0);
  });

  test('asks nothing where nothing could be compared, and refuses settings that name no series or several', () => {
    expect(predictionOf(timeResult({ rounds: 3 }), entry, { ...guessed, where: {} })).toBeNull();
    expect(() => predictionOf(result, entry, { ...guessed, where: {} })).toThrow('Expected one series');
    expect(() => predictionOf(result, entry, { ...guessed, where: { link: 'veth' } })).toThrow('got 0 of');
  });
});
