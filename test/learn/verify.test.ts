import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCourse } from '#learn/course.ts';
import { verdictOf, verifyFiles } from '#learn/verify.ts';

const course = await readCourse('labs/exercises');

test.each(course.map((exercise) => [exercise.id, exercise] as const))(
  '%s has all its files and its page',
  (_, exercise) => {
    expect(verifyFiles(exercise, join('content', 'exercises'))).toEqual([]);
  },
);

test('verifyFiles() finds a page that is missing', () => {
  expect(verifyFiles(course[0], 'content/nowhere')).toEqual([expect.stringContaining('there is no page')]);
});

test('verdictOf() accepts the failure that was due, and no other', () => {
  const failed = (code: 'hang' | 'cannot-load', args = {}) =>
    ({ state: 'failed', findings: [{ code, args }] }) as const;
  const passed = { state: 'passed', proved: { cases: 1, bytes: 1, by: 'trace', ways: [] } } as const;
  expect(verdictOf('it', failed('hang', { arrived: 7 }), 'hang', { arrived: '7' })).toEqual([]);
  expect(verdictOf('it', failed('hang', { arrived: 8 }), 'hang', { arrived: '7' })).toHaveLength(1);
  expect(verdictOf('it', failed('hang'), 'threw', {})).toHaveLength(1);
  expect(verdictOf('it', passed, 'hang', {})).toEqual(['it passes, and should fail with hang']);
  expect(verdictOf('it', failed('cannot-load'), 'cannot-load', {})).toEqual([
    expect.stringContaining('does not count'),
  ]);
});
