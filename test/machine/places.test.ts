/** Work folder, measuring lock and result store. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { open } from '#libc';
import { loadResult, storedResults, storeResult, UnreadableResult } from '#machine/result-store.ts';
import { chooseWorkFolder, makeRunFolder, NoWorkFolder } from '#machine/work-folder.ts';
import { proofResult } from '../fixtures/results.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zc places '));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('ZC_WORK', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('chooseWorkFolder()', () => {
  test('prefers what is asked for, then ZC_WORK, then the cache folder', () => {
    expect(chooseWorkFolder(join(folder, 'asked'), 1).path).toBe(join(folder, 'asked'));
    expect(chooseWorkFolder(undefined, 1).path).toBe(join(folder, 'cache/zero-copy-measured'));
    vi.stubEnv('ZC_WORK', join(folder, 'from env'));
    expect(chooseWorkFolder(undefined, 1).path).toBe(join(folder, 'from env'));
  });

  test('names the folder that cannot be written, and does not silently take another', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => chooseWorkFolder(join(folder, 'file'), 1)).toThrow(NoWorkFolder);
    expect(() => chooseWorkFolder(join(folder, 'file'), 1)).toThrow(
      /'.*file' cannot be written \(EEXIST\).*--work FOLDER/,
    );
  });

  test('says how much is free and how much is needed', () => {
    expect(() => chooseWorkFolder(folder, 2 ** 60)).toThrow(/has \d+ MiB free, 1099511627776 MiB are needed/);
  });

  test('falls back to the clone when the cache folder cannot be made', () => {
    writeFileSync(join(folder, 'cache'), 'a file in the way');
    expect(basename(chooseWorkFolder(undefined, 1).path)).toBe('.work');
  });

  test('leaves nothing behind', () => {
    chooseWorkFolder(folder, 1);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('makeRunFolder()', () => {
  test("removes what a dead run left, and nothing that is in use or not a run's", () => {
    const work = chooseWorkFolder(folder, 1);
    mkdirSync(join(folder, 'run-1-dead'));
    writeFileSync(join(folder, 'run-1-dead/file'), 'x');
    mkdirSync(join(folder, 'results'));
    const first = makeRunFolder(work);
    const second = makeRunFolder(work);
    expect(readdirSync(folder).sort()).toEqual(['results', basename(first.path), basename(second.path)].sort());
    first.lock[Symbol.dispose]();
    second.lock[Symbol.dispose]();
  });
});

describe('storeResult()', () => {
  test('keeps each result whole under its lab, two of the same second apart', () => {
    const result = proofResult();
    const first = storeResult(result, undefined, folder);
    const second = storeResult(result, undefined, folder);
    expect(first.instead).toBeNull();
    expect(first.path).not.toBe(second.path);
    expect(storedResults(result.lab).sort()).toEqual([first.path, second.path].sort());
    expect(loadResult(first.path)).toEqual(result);
    expect(readdirSync(join(folder, 'state/zero-copy-measured/results', result.lab))).toHaveLength(2);
  });

  test('never writes over a file', () => {
    const out = join(folder, 'mine.json');
    writeFileSync(out, 'precious');
    expect(() => storeResult(proofResult(), out, folder)).toThrow('EEXIST');
    expect(readFileSync(out, 'utf8')).toBe('precious');
    expect(readdirSync(folder)).toEqual(['mine.json']);
  });

  test('goes beside the run folders when the home cannot be written, and says so', () => {
    writeFileSync(join(folder, 'state'), 'a file in the way');
    const stored = storeResult(proofResult(), undefined, join(folder, 'work'));
    expect(stored.path.startsWith(join(folder, 'work/results/shared-pages/'))).toBe(true);
    expect(stored.instead).toMatch(/state.*cannot be written \(ENOTDIR\)/);
  });
});

describe('loadResult()', () => {
  const write = (text: string) => {
    const path = join(folder, 'result.json');
    writeFileSync(path, text);
    return path;
  };
  const whole = JSON.stringify(proofResult());

  test.each([
    ['a file that is not there', () => join(folder, 'none.json'), /Cannot read result '.*none.json': ENOENT/],
    ['a folder', () => folder, /Cannot read result/],
    ['a truncated file', () => write(whole.slice(0, 2000)), /it is not complete JSON/],
    ['text that is not JSON', () => write('<html>'), /it is not complete JSON/],
    ['JSON that is no result', () => write('[1, 2]'), /Cannot read result/],
    ['a newer schema', () => write(whole.replace('"schemaVersion":1', '"schemaVersion":99')), /99/],
    ['a field of the wrong kind', () => write(whole.replace(/"oldBytes":\d+/, '"oldBytes":"many"')), /oldBytes/],
    ['an unknown kind', () => write(whole.replace('"kind":"proof"', '"kind":"guess"')), /guess/],
  ])('refuses %s with one sentence', (_, path, sentence) => {
    const read = () => loadResult(path());
    expect(read).toThrow(UnreadableResult);
    expect(read).toThrow(sentence);
  });
});

describe('holdMachine()', () => {
  test('waits for the holder, says who it is, and goes on when it ends', async () => {
    const path = join(folder, 'lock');
    vi.stubEnv('ZC_LOCK', path);
    vi.stubEnv('ZC_LOCK_HELD', '');
    vi.resetModules();
    const { holdMachine } = await import('#machine/lock.ts');
    const first = await holdMachine('the first run', () => {});
    expect(readFileSync(path, 'utf8')).toBe(`the first run, process ${process.pid}\n`);
    const told: string[] = [];
    const second = holdMachine('the second run', (holder) => {
      told.push(holder);
      first?.[Symbol.dispose]();
    });
    (await second)?.[Symbol.dispose]();
    expect(told).toEqual([`the first run, process ${process.pid}`]);
  });

  test('takes no lock when an outer command holds it', async () => {
    vi.stubEnv('ZC_LOCK_HELD', '1');
    const { holdMachine } = await import('#machine/lock.ts');
    expect(await holdMachine('inner', () => {})).toBeNull();
  });

  test('stops waiting when it is told to', async () => {
    const path = join(folder, 'lock');
    vi.stubEnv('ZC_LOCK', path);
    vi.stubEnv('ZC_LOCK_HELD', '');
    vi.resetModules();
    const { holdMachine } = await import('#machine/lock.ts');
    const held = await holdMachine('the first run', () => {});
    const controller = new AbortController();
    const waiting = holdMachine('the second run', () => controller.abort(), controller.signal);
    await expect(waiting).rejects.toThrow('aborted');
    held?.[Symbol.dispose]();
  });
});

test('a folder that is a symbolic link elsewhere is swept as a link, not followed', () => {
  const elsewhere = join(folder, 'elsewhere');
  const work = join(folder, 'work');
  mkdirSync(elsewhere);
  mkdirSync(work);
  writeFileSync(join(elsewhere, 'precious'), 'x');
  symlinkSync(elsewhere, join(work, 'run-1-link'));
  const run = makeRunFolder(chooseWorkFolder(work, 1));
  expect(existsSync(join(elsewhere, 'precious'))).toBe(true);
  run.lock[Symbol.dispose]();
  open(elsewhere)[Symbol.dispose]();
});
