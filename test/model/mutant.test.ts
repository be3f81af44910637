import { expect, test } from 'vitest';
import { readMutant } from '#model/mutant.ts';

test('readMutant() reads the head of a wrong answer', () => {
  const text =
    '// Wrong: sends nothing.\n// Delivers: every byte\n// Found: not-by-call moved=1 other=read+write\ncode';
  expect(readMutant(text)).toEqual({
    wrong: 'sends nothing.',
    deliversEverything: true,
    rightOnExamples: false,
    code: 'not-by-call',
    args: { moved: '1', other: 'read+write' },
  });
  expect(readMutant('// Wrong: x.\n// Found: hang').deliversEverything).toBe(false);
  expect(readMutant('// Wrong: x.\n// Right: on every example\n// Found: hang').rightOnExamples).toBe(true);
});

test('readMutant() says which line is missing', () => {
  expect(() => readMutant('// Wrong: x.')).toThrow("Expected a line '// Found: …' at the head of a mutant, found none");
});
