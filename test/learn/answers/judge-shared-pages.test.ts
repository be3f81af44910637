import { expect, test } from 'vitest';
import { evidenceFindings } from '#learn/answers/judge-shared-pages.ts';
import type { Json } from '#learn/answers/paper.ts';

const trial = { way: 'half', bytes: 100, changed: 50 } as const;
const about = { task: 'shared-pages', way: 'half', bytes: 100 };

function found(value: Json, more: Record<string, number> = {}) {
  const seen = { transfers: 1, overwritten: 100, unread: 0, ...more };
  return evidenceFindings({ state: 'answer', value, faults: 0, readCalls: 0, seen }, trial);
}

test('evidenceFindings() accepts the right number behind a transfer that was overwritten and received whole', () => {
  expect(found(50)).toEqual([]);
});

test.each([
  ['evidence-differs', 49, {}, { payload: 100, changed: 50, answered: 49 }],
  ['not-one-transfer', 50, { transfers: 2 }, { transfers: 2 }],
  ['not-overwritten', 50, { overwritten: 99 }, { payload: 100, overwritten: 99 }],
  ['not-received', 50, { unread: 1 }, { payload: 100, unread: 1 }],
  ['answer-shape', '50', {}, { answered: '"50"' }],
  ['answer-shape', null, {}, { answered: 'null' }],
])('evidenceFindings() finds %s', (code, value, seen, args) => {
  expect(found(value, seen)).toEqual([{ code, args: { ...about, ...args } }]);
});
