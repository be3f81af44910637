import { expect, test } from 'vitest';
import { loadOf } from '#site/calculator.ts';

const form = (fields: Record<string, string>) => ({ get: (name: string) => fields[name] ?? null });
const fields = { rate: '100', answer: '64', network: '10', processors: '2' };

test('loadOf() reads the units of the form', () => {
  expect(loadOf(form(fields))).toEqual({
    bytesPerSecond: 104857600,
    answerBytes: 65536,
    networkBytesPerSecond: 1.25e9,
    processors: 2,
  });
});

test.each(['', '0', '-1', 'x', 'Infinity'])('loadOf() takes no %j', (value) => {
  for (const name of Object.keys(fields)) expect(loadOf(form({ ...fields, [name]: value }))).toBeNull();
});
