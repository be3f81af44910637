/** The real ./zc learn, with folders of its own. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catalogueText, exerciseCatalogueText } from '#cli/write-catalogue.ts';
import { type Ended, type Place, place, zc } from './zc.ts';

let home: Place;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  home = place();
  env = { ZC_PRACTICE: join(home.folder, 'practice') };
});
afterEach(() => home[Symbol.dispose]());

const learn = async (...args: string[]): Promise<Ended> => await zc(['learn', ...args], home, env);
const file = (id: string) => join(home.folder, 'practice', `${id}.ts`);
const json = ({ stdout }: Ended) => JSON.parse(stdout);

/** A folder with what the guard needs, and no strace. */
function pathWithoutStrace(): string {
  const bin = join(home.folder, 'bin');
  mkdirSync(bin);
  for (const name of ['rm', 'sleep']) symlinkSync(`/bin/${name}`, join(bin, name));
  return bin;
}

describe('./zc learn check', () => {
  test('copies the starter, finds what is wrong with it and says what next', async () => {
    const { code, stdout, stderr } = await learn('check', 'copying-loop');
    expect(code).toBe(1);
    expect(stderr).toContain(`Made your copy of the starter: ${file('02-copying-loop')}`);
    expect(stderr.split('\n').slice(1)).toEqual([
      'Trying: File of 100,003 bytes',
      'Trying: File of 1,000,003 bytes with calls that move less than they are asked to',
      '',
    ]);
    expect(stdout).not.toContain('Trying');
    expect(stdout).toContain('NOT YET  Write the copying loop right');
    expect(stdout).toContain('and wrong from there');
    expect(stdout).toContain('./zc learn hint copying-loop');
  });

  test('says the same as one JSON document', async () => {
    const ended = await learn('check', '2', '--json');
    expect(ended.code).toBe(1);
    expect(json(ended)).toMatchObject({
      schemaVersion: 1,
      exercise: '02-copying-loop',
      state: 'failed',
      findings: [{ code: 'bytes-differ', args: { situation: 'short-counts' } }],
    });
  });

  test('where nothing may be traced, passes by the overwrite test, says so, and finds a copy by it', async () => {
    env = { ...env, PATH: pathWithoutStrace() };
    mkdirSync(join(home.folder, 'practice'));
    copyFileSync('labs/exercises/03-send-file/solution.ts', file('03-send-file'));
    const passed = await learn('check', 'send-file', '--json');
    expect(passed.code).toBe(0);
    expect(json(passed)).toMatchObject({ state: 'passed', proved: { by: 'overwrite' } });
    expect(json(passed).text).toContain('programs may not be traced here');
    copyFileSync('labs/exercises/03-send-file/mutants/unused-sendfile.ts', file('03-send-file'));
    const failed = json(await learn('check', 'send-file', '--json'));
    expect(failed.findings).toEqual([
      { code: 'pages-not-shared', args: { call: 'sendfile', shared: 0, payload: 49_152, should: 1 } },
    ]);
    // What was passed once stays passed, and is handed in.
    const { exercises } = json(await learn('status', '--json'));
    expect(exercises.find(({ id }: { id: string }) => id === '03-send-file')).toMatchObject({ done: true });
  });
});

describe('./zc learn check, where nothing may be traced', () => {
  test.each([
    ['01-count-calls', 'The loop itself counted as many; programs may not be traced here.'],
    ['05-shared-page', 'were still pages of the file'],
    ['07-index-lookup', 'no read was counted, and programs may not be traced here.'],
  ])('passes the solution of %s and says what it rests on', async (id, says) => {
    env = { ...env, PATH: pathWithoutStrace() };
    mkdirSync(join(home.folder, 'practice'));
    copyFileSync(`labs/exercises/${id}/solution.ts`, file(id));
    const ended = await learn('check', id, '--json');
    expect([ended.code, json(ended).text]).toEqual([0, expect.stringContaining(says)]);
  });

  test('finds an index that is read', async () => {
    env = { ...env, PATH: pathWithoutStrace() };
    mkdirSync(join(home.folder, 'practice'));
    copyFileSync('labs/exercises/07-index-lookup/mutants/reads-each-entry.ts', file('07-index-lookup'));
    expect(json(await learn('check', '7', '--json'))).toMatchObject({ findings: [{ code: 'read-not-mapped' }] });
  });
});

describe('./zc learn', () => {
  test('shows one hint more each time, from what was seen', async () => {
    await learn('check', 'copying-loop');
    expect((await learn('hint')).stdout).toMatch(/^1\. The last check: File of 1,000,003/);
    const { hints, more } = json(await learn('hint', '--json'));
    expect([hints.length, more]).toEqual([2, 3]);
  });

  test('opens the solution after a pass or when it is asked for twice', async () => {
    const refused = await learn('solution', 'send-file');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('--spoil');
    const { stdout } = await learn('solution', 'send-file', '--spoil');
    expect(stdout).toContain('+   for (;;) {');
    expect(stdout).toMatch(/- It sends one byte by sendfile/);
  });

  test('loses nothing by reset, by restore, or when the folder is cleaned', async () => {
    await learn('check', 'copying-loop');
    writeFileSync(file('02-copying-loop'), '// mine\n');
    expect((await learn('reset', 'copying-loop')).stdout).toContain('What you had is kept');
    expect((await learn('restore', 'copying-loop')).code).toBe(0);
    expect(readFileSync(file('02-copying-loop'), 'utf8')).toBe('// mine\n');
    rmSync(join(home.folder, 'practice'), { recursive: true });
    const { stderr } = await learn('check', 'copying-loop');
    expect(stderr).toContain('The newest snapshot of it is back');
    expect(existsSync(file('02-copying-loop'))).toBe(true);
  });

  test('keeps everything in the work folder of a home that cannot be written, and says so', async () => {
    writeFileSync(join(home.folder, 'barred'), '');
    env = { ...env, XDG_STATE_HOME: join(home.folder, 'barred') };
    const { stderr } = await learn('check', 'copying-loop');
    expect(stderr).toMatch(/Progress and snapshots are kept in .*\.state.*cannot be written/);
    expect(readdirSync(join(home.folder, 'practice', '.state', 'snapshots', '02-copying-loop'))).toHaveLength(1);
  });

  test('says where it could write when the work folder cannot be written', async () => {
    writeFileSync(join(home.folder, 'barred'), '');
    env = { ...env, ZC_PRACTICE: join(home.folder, 'barred') };
    const { code, stderr } = await learn('check', 'copying-loop');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^zc: Cannot write '.*barred' \(EEXIST\): set ZC_PRACTICE to a folder that can be written\.\n$/,
    );
  });

  test('without a terminal says where the learner is, and starts nothing', async () => {
    const { code, stdout } = await learn();
    expect(code).toBe(0);
    expect(json(await learn('--json')).exercises.length).toBeGreaterThan(5);
    expect(stdout).toMatch(/^0 of \d+ exercises done\.\nGo on: \.\/zc learn check count-calls\n$/);
  });

  test.each([
    ['check nothere', "Cannot find exercise 'nothere'. There are count-calls"],
    ['check send-fil', "did you mean 'send-file'?"],
    ['chekc', "did you mean './zc learn check'?"],
    ['restore copying-loop', 'there is no snapshot that differs'],
    ['reset copying-loop --beside --keep-mine', 'Expected --keep-mine or --beside, found both'],
    ['check --no-such', 'unknown option'],
  ])('refuses %s', async (line, sentence) => {
    const { code, stdout, stderr } = await learn(...line.split(' '));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });
});

test('the catalogue of the exercises is what the exercises say', async () => {
  expect(readFileSync('labs/exercises/catalogue.json', 'utf8')).toBe(await exerciseCatalogueText());
  expect(await catalogueText()).toContain('"schemaVersion": 1');
});
