import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Exercise, readCourse } from '#learn/course.ts';
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

test('every page belongs to an exercise', () => {
  const pages = readdirSync(join('content', 'exercises')).filter((name) => name !== 'index.mdx');
  expect(pages.sort()).toEqual(course.map(({ id }) => `${id.slice(3)}.mdx`).sort());
});

test.each([
  ['03-send-file', 'one-byte', 'Delivers: every byte', '1 mutants deliver every byte, 2 are the least'],
  ['01-count-calls', 'knows-the-examples', 'Right: on every example', '1 mutants are right on every example'],
])('verifyFiles() wants wrong answers in %s that look right', (id, keep, line, complaint) => {
  using copy = copyOf(id);
  for (const name of readdirSync(join(copy.folder, 'mutants'))) {
    const path = join(copy.folder, 'mutants', name);
    if (name !== `${keep}.ts`) writeFileSync(path, readFileSync(path, 'utf8').replace(`// ${line}\n`, ''));
  }
  expect(verifyFiles(copy, join('content', 'exercises'))).toEqual([expect.stringContaining(complaint)]);
});

test('verifyFiles() does not believe that bytes are delivered when they must be found to be missing', () => {
  using copy = copyOf('03-send-file');
  const path = join(copy.folder, 'mutants', 'one-call.ts');
  writeFileSync(path, readFileSync(path, 'utf8').replace('// Found', '// Delivers: every byte\n// Found'));
  expect(verifyFiles(copy, join('content', 'exercises'))).toEqual([
    '03-send-file: the mutant one-call says that it delivers every byte, and must fail with bytes-missing',
  ]);
});

/** A copy of an exercise's folder, which goes with it. */
function copyOf(id: string): Exercise & Disposable {
  const folder = join(mkdtempSync(join(tmpdir(), 'zc-verify-')), id);
  const exercise = course.find((one) => one.id === id) as Exercise;
  cpSync(exercise.folder, folder, { recursive: true });
  return { ...exercise, folder, [Symbol.dispose]: () => rmSync(dirname(folder), { recursive: true }) };
}

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
