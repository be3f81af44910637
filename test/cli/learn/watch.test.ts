/** The watch mode in a terminal that script(1) of util-linux makes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clone, type Place, place } from '../zc.ts';

const KEYS = 'h hint · l list · r run · s solution · x reset · n next · e edit · q quit';

let home: Place;
let terminal: ChildProcess;
let shown = '';

beforeEach(() => {
  home = place();
  shown = '';
  const env = { ...home.env, ZC_PRACTICE: join(home.folder, 'practice'), TERM: 'xterm', LC_ALL: 'C.UTF-8' };
  terminal = spawn('script', ['-qefc', `stty cols 200; ${join(clone, 'zc')} learn`, '/dev/null'], {
    env,
    cwd: home.folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  terminal.stdout?.on('data', (text) => {
    shown += text;
  });
});
afterEach(() => {
  terminal.kill();
  home[Symbol.dispose]();
});

const file = (id: string) => join(home.folder, 'practice', `${id}.ts`);
const sees = async (text: string) => await expect.poll(() => shown, { timeout: 30_000 }).toContain(text);

/** Presses a key and forgets what was shown before. */
function press(key: string): void {
  shown = '';
  terminal.stdin?.write(key);
}

test('checks at the start, on save and on demand, keeps every save, and ends with q', async () => {
  await sees('NOT YET  Predict the calls of a copying loop');
  press('n');
  await sees('NOT YET  Write the copying loop right');
  expect(shown).toContain(KEYS);
  press('h');
  await sees('1. The last check: File of 1,000,003 bytes');
  press('s');
  await sees('Press s again to see it');
  press('l');
  await sees('pending  send-file');
  expect(shown).toContain(KEYS);

  shown = '';
  writeFileSync(file('02-copying-loop'), 'export const other = 1;\n');
  await sees('Expected your file to export a function send, found none');
  shown = '';
  copyFileSync(join(clone, 'labs/exercises/06-map-and-write/solution.ts'), file('02-copying-loop'));
  await sees("your program's memory grew by");
  press('x');
  await sees('Press x again');
  press('x');
  await sees('bytes that arrived are the file');
  expect(readFileSync(file('02-copying-loop'), 'utf8')).toContain('TODO');
  // The starter, the two that were saved, and the starter again.
  const kept = join(home.folder, 'state/zero-copy-measured/learn/snapshots/02-copying-loop');
  expect(readdirSync(kept)).toHaveLength(4);

  press('n');
  await sees('NOT YET  Send a file with sendfile');
  press('q');
  const [code] = await once(terminal, 'exit');
  expect(code).toBe(0);
  expect(shown).toContain('Your files and your progress are kept');
});
