/** A fresh copy of what is committed, and commands in it as a newcomer would give them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Done {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Clone extends Disposable {
  readonly root: string;
  /** Runs a shell command in it: with the system's own Node and npm, or through a program that brings others. */
  run(command: string, through?: readonly string[]): Done;
}

/**
 * Makes a copy of HEAD in a folder of that name: a clone, or what a ZIP of it holds.
 *
 * Results, caches and work files of commands in it stay beside it, and are gone with it.
 */
export function freshCopy(name: string, how: 'clone' | 'zip' = 'clone'): Clone {
  const place = mkdtempSync(join(tmpdir(), 'zero-copy-install-'));
  const root = join(place, name);
  if (how === 'clone') {
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', process.cwd(), root]);
  } else {
    mkdirSync(root);
    execFileSync('tar', ['-x', '-C', root], {
      input: execFileSync('git', ['archive', 'HEAD'], { maxBuffer: 2 ** 30 }),
    });
  }
  return {
    root,
    run: (command, through = []) => runIn(root, place, command, through),
    [Symbol.dispose]: () => rmSync(place, { recursive: true, force: true }),
  };
}

/** stderr goes to a file from inside, so that what the program in between says is not taken for the command's. */
function runIn(root: string, place: string, command: string, through: readonly string[]): Done {
  const [script, said] = [join(place, 'command'), join(place, 'stderr')];
  writeFileSync(script, `exec 2>'${said}'\n${command}\n`);
  const [program = 'sh', ...args] = [...through, 'sh', script];
  const { status, stdout } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: {
      ...newcomer(process.env),
      XDG_CACHE_HOME: join(place, 'cache'),
      XDG_STATE_HOME: join(place, 'state'),
      npm_config_userconfig: userSettings(place),
    },
  });
  return { status, stdout, stderr: readFileSync(said, 'utf8') };
}

/** The user's npm settings without those that would hide what a newcomer sees: only how packages are reached is kept. */
function userSettings(place: string): string {
  const file = join(place, 'npmrc');
  const own = process.env.npm_config_userconfig ?? join(homedir(), '.npmrc');
  const lines = existsSync(own) ? readFileSync(own, 'utf8').split('\n') : [];
  writeFileSync(
    file,
    lines.filter((line) => /^\s*(registry|cafile|proxy|https-proxy|noproxy)\s*=/.test(line)).join('\n'),
  );
  return file;
}

/**
 * The environment without what this test run added: the pinned Node on the path, settings of the outer npm and of Vitest,
 * CI. Kept: a measuring lock that an outer command holds.
 */
export function newcomer(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const added = /^(npm_|VITE|VITEST|TEST$|NODE|CI$|ZC_(?!LOCK)|FORCE_COLOR$|NO_COLOR$|INIT_CWD$)/i;
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !added.test(name)));
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...kept, PATH: folders.join(delimiter) };
}
