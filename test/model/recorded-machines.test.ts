import { expect, test } from 'vitest';
import { byRank, QUOTED } from '#model/recorded-machines.ts';

test('byRank() puts the quoted machines first, in their order, and of the others the newer guest', () => {
  const machines = ['guest-linux-6.1', 'another', ...QUOTED.toReversed()];
  expect(machines.sort(byRank)).toEqual([...QUOTED, 'guest-linux-6.1', 'another']);
});
