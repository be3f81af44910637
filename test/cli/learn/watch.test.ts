/** The watch mode in a terminal that script(1) of util-linux makes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clone, type Place, place, zc } from '../zc.ts';

const KEYS = 'h hint · l list · r run · s solution · x reset · n next · e edit · q quit';

let home: Place;
let terminal: ChildProcess;
let shown = '';

beforeEach(() => {
  home = place();
});
afterEach(() => {
  terminal.kill();
  home[Symbol.dispose]();
});

function watch(options = '', more: NodeJS.ProcessEnv = {}): void {
  shown = '';
  const env = { ...home.env, ZC_PRACTICE: join(home.folder, 'practice'), TERM: 'xterm', LC_ALL: 'C.UTF-8', ...more };
  terminal = spawn('script', ['-qefc', `stty cols 200; ${join(clone, 'zc')} learn ${options}`, '/dev/null'], {
    env,
    cwd: home.folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  terminal.stdout?.on('data', (text) => {
    shown += text;
  });
}

const file = (id: string) => join(home.folder, 'practice', `${id}.ts`);
const sees = async (text: string) => await expect.poll(() => shown, { timeout: 30_000 }).toContain(text);

/** Presses a key and forgets what was shown before. */
function press(key: string): void {
  shown = '';
  terminal.stdin?.write(key);
}

const state = () => join(home.folder, 'state/zero-copy-measured/learn');

/** What is kept of an exercise. */
function keptOf(id: string): string[] {
  const folder = join(state(), 'snapshots', id);
  return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : [];
}

test('checks at the start, on save and on demand, keeps every save, and ends with q', async () => {
  watch();
  await sees('NOT YET  Predict the calls of a copying loop');
  press('n');
  await sees('NOT YET  Write the copying loop right');
  expect(shown).toContain(KEYS);
  press('h');
  await sees('1. The last check: File of 1,000,003 bytes');
  expect(shown).toContain('4 more: press h again.');
  press('s');
  await sees('Press s again to see it');
  press('l');
  await sees('pending  send-file');
  expect(shown).toContain('To any other: press q, then ./zc learn check NAME and ./zc learn.');
  expect(shown).toContain(KEYS);
  // What was asked before has been forgotten.
  press('s');
  await sees('Press s again to see it');
  press('s');
  await sees('Why other roads fail.');
  press('?');
  await sees(KEYS);
  press('r');
  await sees('NOT YET  Write the copying loop right');

  shown = '';
  writeFileSync(file('02-copying-loop'), 'export const other = 1;\n');
  await sees('Expected your file to export a function send, found none');
  shown = '';
  copyFileSync(join(clone, 'labs/exercises/06-map-and-write/solution.ts'), file('02-copying-loop'));
  await sees("your program's memory grew by");
  press('x');
  await sees('./zc learn restore copying-loop brings it back.');
  press('x');
  await sees('bytes that arrived are the file');
  expect(readFileSync(file('02-copying-loop'), 'utf8')).toContain('TODO');
  // The starter, the two that were saved, and the starter again.
  expect(keptOf('02-copying-loop')).toHaveLength(4);

  press('n');
  await sees('NOT YET  Send a file with sendfile');
  press('q');
  const [code] = await once(terminal, 'exit');
  expect(code).toBe(0);
  expect(shown).toContain('Your files and your progress are kept');
});

/** The learner was at this exercise, and has this file. */
function wasAt(id: string, text: string, copied = ''): void {
  mkdirSync(join(home.folder, 'practice'), { recursive: true });
  writeFileSync(file(id), text);
  mkdirSync(state(), { recursive: true });
  const lines = [`current ${id}`, ...(copied ? [`copied ${id} ${copied}`] : [])];
  writeFileSync(join(state(), 'progress.txt'), `zero-copy-measured progress 1\n${lines.join('\n')}\n`);
}

const notYet = 'Expected your file to export a function send, found none';

test('begins where the learner was, and offers three ways when the starter has changed', async () => {
  wasAt('08-splice', 'export const mine = 1;\n', 'of-another-starter');
  watch();
  await sees(notYet);
  expect(shown).toContain('The starter of splice has changed since you copied it.');
  expect(shown).toContain(`k keep mine · b new beside · ${KEYS}`);
  press('b');
  await sees('08-splice.new.ts; your file is as it was.');
  expect(shown).not.toContain('keep mine');
  expect(readFileSync(join(home.folder, 'practice', '08-splice.new.ts'), 'utf8')).toContain('TODO');
  expect(readFileSync(file('08-splice'), 'utf8')).toBe('export const mine = 1;\n');
  press('k');
  await sees(KEYS);
  expect(shown).not.toContain('You go on');
});

test('goes on with the own file, or begins again from the new starter, and takes back what restore brings', async () => {
  wasAt('08-splice', 'export const mine = 1;\n', 'of-another-starter');
  watch();
  await sees(notYet);
  press('k');
  await sees('You go on with your own file.');
  expect(shown).not.toContain('keep mine');
  press('x');
  await sees('Press x again');
  press('x');
  await sees('Checking …');
  expect(readFileSync(file('08-splice'), 'utf8')).toContain('TODO');
  await sees('NOT YET');
  shown = '';
  const { code } = await zc(['learn', 'restore', 'splice'], home, { ZC_PRACTICE: join(home.folder, 'practice') });
  expect([code, readFileSync(file('08-splice'), 'utf8')]).toEqual([0, 'export const mine = 1;\n']);
  await sees(notYet);
  press('\u0003');
  expect(await once(terminal, 'exit')).toEqual([0, null]);
});

test('after a pass shows the solution at once, and n goes on', async () => {
  wasAt('02-copying-loop', readFileSync(join(clone, 'labs/exercises/02-copying-loop/solution.ts'), 'utf8'));
  watch('', { VISUAL: '', EDITOR: '' });
  await sees('PASSED  Write the copying loop right');
  await sees('n goes on: Send a file with sendfile');
  press('s');
  await sees('Why other roads fail.');
  press('h');
  await sees('3 more: press h again.');
  for (let more = 2; more >= 1; more--) {
    press('h');
    await sees(`${more} more: press h again.`);
  }
  press('h');
  await sees('There are no more hints. s shows the solution.');
  press('e');
  await sees('No editor is named.');
  press('n');
  await sees('NOT YET  Send a file with sendfile');
});

test('brings the file back when its folder is cleaned away, and goes on watching it', async () => {
  wasAt('08-splice', 'export const mine = 1;\n');
  watch();
  await sees(notYet);
  shown = '';
  rmSync(join(home.folder, 'practice'), { recursive: true });
  await sees('The newest snapshot of it is back');
  expect(readFileSync(file('08-splice'), 'utf8')).toBe('export const mine = 1;\n');
  await sees(KEYS);
  shown = '';
  writeFileSync(file('08-splice'), 'export function send( {\n');
  await sees('Your file cannot be loaded');
  expect(keptOf('08-splice')).toContain('export function send( {\n');
});

test('opens the editor that is named, keeps what it wrote, and links the file for the editor of this terminal', async () => {
  wasAt('08-splice', 'export const mine = 1;\n');
  watch('', { EDITOR: 'sed -i 1i//edited', NO_COLOR: '', TERM_PROGRAM: 'vscode' });
  await sees('found none');
  expect(shown).toContain(`\u001b]8;;vscode://file${file('08-splice').replaceAll(' ', '%20')}\u001b\\`);
  press('e');
  await sees('Checking …');
  await expect.poll(() => keptOf('08-splice')).toContain('//edited\nexport const mine = 1;\n');
  press('q');
  const [code] = await once(terminal, 'exit');
  expect(code).toBe(0);
});

test('ends at once while a check runs, and keeps what was saved a moment before', async () => {
  wasAt('08-splice', 'export function send() { for (;;); }\n');
  watch();
  await sees('Checking …');
  writeFileSync(file('08-splice'), 'export const last = 1;\n');
  press('q');
  const [code] = await once(terminal, 'exit');
  expect(code).toBe(0);
  expect(keptOf('08-splice')).toContain('export const last = 1;\n');
});

test('at the end says everything that was proved, and that n has nothing more', async () => {
  const ids = readdirSync(join(clone, 'labs/exercises')).filter((name) => /^\d\d-/.test(name));
  wasAt('10-header-and-file', readFileSync(join(clone, 'labs/exercises/10-header-and-file/solution.ts'), 'utf8'));
  const done = ids
    .filter((id) => id !== '10-header-and-file')
    .map((id) => `done ${id} 2026-01-01T00:00:00.000Z {"cases":7,"bytes":1024,"by":"overwrite","ways":[]}\n`);
  appendFileSync(join(state(), 'progress.txt'), done.join(''));
  watch();
  await sees('PASSED  Header plus file without a short packet');
  await sees(`${ids.length} of ${ids.length} exercises done.`);
  await sees('You have proved all of it, on this machine. To hand it in: ./zc learn status --json');
  expect(shown).toContain('Proved: 7 transfers right, 1 KiB compared.');
  press('n');
  await sees('You have proved all of it');
});
