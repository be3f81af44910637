import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryTree } from './temporary-tree.ts';

const script = (text: string) => `#!/bin/sh\n${text}\n`;

/** Programs that .ci/run calls, each saying what it was asked for; a case replaces some of them. */
const programs = {
  'apt-get': script('echo "apt-get $*" >>"$LOG"'),
  // Everything but Chromium and strace is installed.
  'dpkg-query': script('case $* in *chromium* | *strace*) exit 1 ;; esac; echo "install ok installed"'),
  id: script('echo 0'),
  npm: script(
    'echo "CI=$CI npm $*" >>"$LOG"; case $* in *test) echo first; echo warning >&2; echo "2 passed, 0 failed" ;; esac',
  ),
};

function run(changed: Partial<typeof programs> = {}) {
  const all = Object.entries({ ...programs, ...changed }).map(([name, text]) => [`bin/${name}`, text]);
  const zc = script('echo "zc $*" >>"$LOG"');
  using tree = temporaryTree({ '.ci/run': readFileSync('.ci/run', 'utf8'), zc, log: '', ...Object.fromEntries(all) });
  const { status, stdout, stderr } = spawnSync(join(tree.root, '.ci/run'), {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: [join(tree.root, 'bin'), process.env.PATH].join(delimiter), LOG: join(tree.root, 'log') },
  });
  return { status, stdout, stderr, log: readFileSync(join(tree.root, 'log'), 'utf8').trim().split('\n') };
}

describe('.ci/run', () => {
  it('installs what is missing, then the packages, lints, checks types, and tests with CI set', () => {
    const { status, log } = run();
    expect(log).toEqual([
      'apt-get update -qq',
      'apt-get install -y -qq --no-install-recommends strace chromium',
      'CI= npm ci',
      'zc guest fetch --guest-kernel 6.12 --yes',
      'zc guest fetch --guest-kernel 6.1 --yes',
      'CI= npm --silent run lint',
      'CI= npm --silent run types',
      'CI=1 npm --silent test',
    ]);
    expect(status).toBe(0);
  });

  it("ends with the test runner's last line, after everything else", () => {
    const { stdout, stderr } = run();
    expect(stdout).toBe('first\nwarning\n2 passed, 0 failed\n');
    expect(stderr.match(/^ci: .* s$/gm)).toHaveLength(6);
  });

  it('leaves the system alone when nothing is missing', () => {
    const { log } = run({ 'dpkg-query': script('echo "install ok installed"') });
    expect(log[0]).toBe('CI= npm ci');
  });

  it("passes the tests' exit code on, and still ends with their last line", () => {
    const failing = script('case $* in *test) echo "1 passed, 1 failed"; exit 1 ;; esac');
    expect(run({ npm: failing })).toMatchObject({ status: 1, stdout: '1 passed, 1 failed\n' });
  });

  it.each<[string, Partial<typeof programs>, number, string]>([
    [
      'no root',
      { id: script('echo 1000') },
      3,
      'ci: cannot install strace chromium: that takes root, so run as root or install them first',
    ],
    [
      'no package lists',
      { 'apt-get': script('exit 100') },
      3,
      "ci: cannot read the package lists: 'apt-get update' failed",
    ],
    [
      'no package',
      { 'apt-get': script('[ "$1" = update ]') },
      3,
      "ci: cannot install strace chromium: 'apt-get install' failed",
    ],
    ['npm ci that fails', { npm: script('[ "$1" != ci ]') }, 1, "ci: 'npm ci' failed, see above"],
    ['a lint', { npm: script('case $* in *lint) exit 1 ;; esac') }, 1, 'ci: the linter found something'],
    ['types that do not fit', { npm: script('case $* in *types) exit 1 ;; esac') }, 1, 'ci: the types do not fit'],
  ])('stops at %s with one sentence', (_, changed, code, sentence) => {
    const { status, stdout, stderr } = run(changed);
    expect({ status, stdout }).toEqual({ status: code, stdout: '' });
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .filter((line) => line.includes(sentence)),
    ).toHaveLength(1);
  });
});
