/** What a learner had must come back, whatever happens to the files in between. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Exercise } from '#learn/course.ts';
import { NewerProgress } from '#learn/facts.ts';
import { Practice } from '#learn/practice.ts';
import { Progress } from '#learn/progress.ts';
import { Snapshots } from '#learn/snapshots.ts';
import { NoStateFolder, stateFolder } from '#learn/state-folder.ts';

let root: string;
let exercise: Exercise;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zc-practice-'));
  const starter = join(root, 'starter.ts');
  writeFileSync(starter, 'first\n');
  exercise = { id: '03-send-file', starter } as Exercise;
});
afterEach(() => {
  vi.unstubAllEnvs();
  chmodSync(root, 0o700);
  rmSync(root, { recursive: true, force: true });
});

function desk() {
  const state = join(root, 'state');
  const progress = new Progress(state);
  const snapshots = new Snapshots(state);
  const practice = new Practice(join(root, 'practice'), progress, snapshots);
  const file = practice.fileOf(exercise);
  return { progress, snapshots, practice, file, text: () => readFileSync(file, 'utf8') };
}

describe('Practice', () => {
  test('copies the starter once and never over a file', () => {
    const { practice, file, text } = desk();
    expect(practice.ensure(exercise)).toBe('copied');
    writeFileSync(file, 'mine\n');
    expect(practice.ensure(exercise)).toBe('there');
    expect(text()).toBe('mine\n');
    expect(readFileSync(exercise.starter, 'utf8')).toBe('first\n');
  });

  test('brings back what was kept when the folder is gone, as after git clean -fdx', () => {
    const { practice, file, text } = desk();
    practice.ensure(exercise);
    writeFileSync(file, 'mine\n');
    practice.snapshot(exercise);
    rmSync(practice.folder, { recursive: true });
    expect(practice.ensure(exercise)).toBe('restored');
    expect(text()).toBe('mine\n');
  });

  test('keeps a file before it is reset, and before it is restored', () => {
    const { practice, snapshots, file, text } = desk();
    practice.ensure(exercise);
    writeFileSync(file, 'one\n');
    practice.reset(exercise);
    expect(text()).toBe('first\n');
    practice.restore(exercise);
    expect(text()).toBe('one\n');
    writeFileSync(file, 'two\n');
    practice.restore(exercise);
    const kept = snapshots.of(exercise.id).map(({ path }) => readFileSync(path, 'utf8'));
    expect(kept).toEqual(expect.arrayContaining(['one\n', 'first\n', 'two\n']));
  });

  test('restores a snapshot by the beginning of its name, and says when there is none', () => {
    const { practice, snapshots, file, text } = desk();
    practice.ensure(exercise);
    expect(practice.restore(exercise)).toBeNull();
    for (const words of ['one\n', 'two\n', 'three\n']) {
      writeFileSync(file, words);
      practice.snapshot(exercise);
    }
    const [, , two] = snapshots.of(exercise.id);
    practice.restore(exercise, two?.name.slice(0, -3));
    expect(text()).toBe('two\n');
    expect(practice.restore(exercise, '1999')).toBeNull();
  });

  test('does nothing with a file that it cannot keep', () => {
    const { practice, file, text } = desk();
    practice.ensure(exercise);
    writeFileSync(file, 'mine\n');
    writeFileSync(join(root, 'state', 'snapshots'), '');
    expect(() => practice.reset(exercise)).toThrow(/Cannot keep .* It is as it was/);
    expect(text()).toBe('mine\n');
  });

  test('tells that the starter has changed, until the learner has chosen', () => {
    const { practice, text } = desk();
    practice.ensure(exercise);
    writeFileSync(exercise.starter, 'second\n');
    expect(practice.starterChanged(exercise)).toBe(true);
    expect(text()).toBe('first\n');
    const beside = practice.putBeside(exercise);
    expect([readFileSync(beside, 'utf8'), text()]).toEqual(['second\n', 'first\n']);
    expect(practice.starterChanged(exercise)).toBe(false);
  });
});

describe('Snapshots', () => {
  test('sorts those of one millisecond in the order in which they were kept', () => {
    const { snapshots } = desk();
    const now = new Date(0);
    for (const text of ['a', 'b', 'a', 'c', 'c']) snapshots.keep('x', text, now);
    expect(snapshots.of('x').map(({ path }) => readFileSync(path, 'utf8'))).toEqual(['a', 'b', 'a', 'c']);
  });
});

describe('Progress', () => {
  const proved = { cases: 2, bytes: 10, by: 'trace', ways: [] } as const;

  test('is read again as it was written', () => {
    const { progress } = desk();
    progress.setCurrent('03-send-file');
    progress.setDone('02-copying-loop', proved, new Date(0));
    progress.setDone('02-copying-loop', { ...proved, cases: 9 });
    progress.setFound('03-send-file', [{ code: 'hang', args: { arrived: 1 } }]);
    progress.setHints('03-send-file', 2);
    const again = desk().progress;
    expect(again.current).toBe('03-send-file');
    expect(again.done('02-copying-loop')).toEqual({ at: '1970-01-01T00:00:00.000Z', proved });
    expect(again.found('03-send-file')).toEqual([{ code: 'hang', args: { arrived: 1 } }]);
    expect(again.hints('03-send-file')).toBe(2);
  });

  test.each([
    '',
    'rubbish',
    'zero-copy-measured progress 1\ndone 02-copying-loop 1970 {"cases":',
    'zero-copy-measured progress 1\n\0\0\0',
  ])('puts aside what cannot be read, and goes on from the copy: %j', (text) => {
    desk().progress.setCurrent('x');
    desk().progress.setDone('02-copying-loop', proved, new Date(0));
    const path = join(root, 'state', 'progress.txt');
    writeFileSync(path, text);
    const { progress } = desk();
    expect(readFileSync(progress.putAside as string, 'utf8')).toBe(text);
    for (const one of [progress, desk().progress]) {
      expect(one.current).toBe('x');
      expect(one.done('02-copying-loop')).toEqual({ at: '1970-01-01T00:00:00.000Z', proved });
    }
    expect(desk().progress.putAside).toBeNull();
  });

  test('takes what can still be read of a file and a copy that are both damaged', () => {
    desk().progress.setDone('02-copying-loop', proved, new Date(0));
    for (const name of ['progress.txt', 'progress-copy.txt']) {
      const path = join(root, 'state', name);
      writeFileSync(path, `${readFileSync(path, 'utf8')}found 03-send-file [{"co`);
    }
    const { progress } = desk();
    expect(progress.done('02-copying-loop')).not.toBeNull();
    expect(progress.found('03-send-file')).toEqual([]);
    expect(progress.putAside).not.toBeNull();
    // Also for who comes after somebody that was killed right then.
    rmSync(join(root, 'state', 'progress.txt'));
    expect(desk().progress.done('02-copying-loop')).not.toBeNull();
  });

  test('loses nothing of another session that writes meanwhile', () => {
    const [watching, checking] = [desk().progress, desk().progress];
    checking.setDone('02-copying-loop', proved, new Date(0));
    watching.setCurrent('03-send-file');
    expect(watching.done('02-copying-loop')).not.toBeNull();
    const again = desk().progress;
    expect([again.current, again.done('02-copying-loop') !== null]).toEqual(['03-send-file', true]);
  });

  test('says that it cannot be kept', () => {
    const { progress } = desk();
    writeFileSync(join(root, 'state'), '');
    expect(() => progress.setCurrent('x')).toThrow(/Cannot keep your progress \((EEXIST|ENOTDIR)\)/);
  });

  test('refuses a newer version and leaves it alone', () => {
    desk().progress.setCurrent('x');
    const path = join(root, 'state', 'progress.txt');
    writeFileSync(path, 'zero-copy-measured progress 2\nnews\n');
    expect(() => desk()).toThrow(NewerProgress);
    expect(readFileSync(path, 'utf8')).toContain('news');
  });
});

describe('stateFolder()', () => {
  test("is the user's, and the practice folder's where that cannot be written", () => {
    vi.stubEnv('XDG_STATE_HOME', join(root, 'own'));
    expect(stateFolder(root)).toEqual({ path: join(root, 'own/zero-copy-measured/learn'), instead: null });
    // A file where a folder should be: also root cannot write into it.
    writeFileSync(join(root, 'barred'), '');
    vi.stubEnv('XDG_STATE_HOME', join(root, 'barred'));
    const { path, instead } = stateFolder(root);
    expect(path).toBe(join(root, '.state'));
    expect(instead).toMatch(/barred.*cannot be written \(ENOTDIR\)/);
    expect(() => stateFolder(join(root, 'barred'))).toThrow(NoStateFolder);
  });
});
