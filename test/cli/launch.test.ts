import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryTree, temporaryTree } from '../house/temporary-tree.ts';

// A clone of which only the launcher is real: its ./zc runs what it is given, and need not be executable.
let tree: TemporaryTree;
let launcher = '';
beforeAll(() => {
  tree = temporaryTree({
    zc: 'exec "$@"\n',
    // Says that it is ready, counts the signals it gets, and ends with that count a moment after the first.
    'count.mjs': `let count = 0;
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {
        console.log(name + ' ' + ++count);
        setTimeout(() => process.exit(100 + count), 300);
      });
      setInterval(() => {}, 1000);
      console.log('ready');`,
  });
  launcher = join(tree.root, 'src/cli/launch.mjs');
  cpSync('src/cli/launch.mjs', launcher);
});
afterAll(() => tree[Symbol.dispose]());

function launch(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8' });
}

describe('launch', () => {
  it('hands its arguments to ./zc, and prints nothing of its own', () => {
    const { status, stdout, stderr } = launch(process.execPath, '-p', 'process.argv.slice(1)', 'a b', '--c', '');
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "[ 'a b', '--c', '' ]\n", stderr: '' });
  });

  it.each([0, 1, 3, 70])('passes exit code %i on', (code) => {
    expect(launch('sh', '-c', `exit ${code}`).status).toBe(code);
  });

  it.each([
    ['KILL', 137],
    ['USR1', 138],
    ['TERM', 143],
  ])('turns death by %s into exit code %i', (signal, code) => {
    expect(launch('sh', '-c', `kill -${signal} $$`).status).toBe(code);
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('passes %s on without a terminal', async (signal) => {
    // `detached` makes a session of its own, which has no terminal.
    const child = spawn(process.execPath, [launcher, process.execPath, join(tree.root, 'count.mjs')], {
      detached: true,
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (said === '') child.kill(signal);
      said += text;
    });
    const [code] = await once(child, 'close');
    expect({ code, said }).toEqual({ code: 101, said: `ready\n${signal} 1\n` });
  });

  it.runIf(existsSync('/usr/bin/script'))('leaves Ctrl-C in a terminal to the child, which gets it once', async () => {
    const command = [process.execPath, launcher, process.execPath, join(tree.root, 'count.mjs')];
    const quoted = command.map((word) => `'${word}'`).join(' ');
    // `exec`: a dash that waits for its command gets the Ctrl-C as well, and answers with 130 of its own.
    const child = spawn('/usr/bin/script', ['-qefc', `exec ${quoted}`, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!said.includes('ready') && text.includes('ready')) child.stdin.write('\x03');
      said += text;
    });
    const [code] = await once(child, 'close');
    expect(said).toContain('SIGINT 1');
    expect(said).not.toContain('SIGINT 2');
    expect(code).toBe(101);
  });

  it('says on Windows what to use, and that this was not tried', () => {
    const windows = join(tree.root, 'windows.mjs');
    writeFileSync(windows, "Object.defineProperty(process, 'platform', { value: 'win32' });");
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', windows, launcher, 'start'], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/WSL2.*clone this project inside it.*without a Windows machine/s);
  });
});
