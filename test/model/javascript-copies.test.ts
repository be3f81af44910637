import { expect, test } from 'vitest';
import { nodeOperations } from '#measure/byte-operations.ts';
import { type Operation, operations, outcomeOf } from '#model/javascript-copies.ts';

const expected = {
  subarray: 'shares',
  view: 'shares',
  slice: 'copies',
  'from-array': 'copies',
  set: 'copies',
  'buffer-slice': 'copies',
  'structured-clone': 'copies',
  'clone-transfer': 'moves',
  'buffer-transfer': 'moves',
  message: 'copies',
  'message-transfer': 'moves',
  'message-shared': 'shares',
  'node-slice': 'shares',
  'node-from-buffer': 'shares',
  'node-from-array': 'copies',
  'node-concat': 'copies',
};
const all: Readonly<Record<string, Operation>> = { ...operations, ...nodeOperations };

test('every operation is known for what it does', () => {
  expect(Object.keys(all)).toEqual(Object.keys(expected));
});

test.each(Object.entries(expected))('%s %s', async (name, outcome) => {
  for (const bytes of [1, 64, 100_000]) expect(await outcomeOf(all[name] as Operation, bytes)).toBe(outcome);
});

test('outcomeOf() trusts no operation that gives other bytes than it took', async () => {
  const short: Operation = { title: 'loses one', run: (source) => source.slice(1) };
  const other: Operation = { title: 'changes them', run: (source) => source.map((byte) => byte + 1) };
  for (const wrong of [short, other]) await expect(outcomeOf(wrong)).rejects.toThrow('and not the same');
});
