import { expect, test } from 'vitest';
import { claims, corrected } from '#model/claims/index.ts';

test('every claim that is not simply true has a better sentence, and no other has', () => {
  const untrue = claims.filter(({ sources }) => sources.verdict !== 'true').map(({ id }) => id);
  expect(Object.keys(corrected).sort()).toEqual([...untrue].sort());
});

test('each is one sentence of its own', () => {
  const sentences = Object.values(corrected);
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Za-z].*[^.]\.$/);
});
