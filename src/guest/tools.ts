/** Programs of the host that the guest is made with: each watched by the guard, and ended when the run is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Guard } from '#machine/guard.ts';
import { GuestBroke } from './guest-broke.ts';
import { which } from './system-files.ts';

/** What a program that was started here printed. */
const KEPT_BYTES = 65_536;

export class Tools {
  readonly #guard: Guard;
  readonly #signal: AbortSignal;

  constructor(guard: Guard, signal: AbortSignal) {
    this.#guard = guard;
    this.#signal = signal;
  }

  /**
   * Makes an ext4 file system in a new file, without a journal, which nobody needs here.
   * @param mebibytes its size @param tree folder whose content it gets; null: empty
   */
  async makeFileSystem(file: string, mebibytes: number, tree: string | null): Promise<void> {
    const content = tree === null ? [] : ['-d', tree];
    const options = ['-q', '-F', '-t', 'ext4', '-m', '0', '-b', '4096', '-O', '^has_journal,^resize_inode'];
    const args = [...options, '-E', 'root_owner=0:0,lazy_itable_init=1', ...content, file, `${mebibytes}M`];
    await this.run('mke2fs', 'e2fsprogs', args);
  }

  /**
   * Runs a program to its end.
   * @param from package that brings it, for the sentence when it is missing
   * @returns what it printed
   * @throws {GuestBroke} with the last line of its stderr when it failed
   */
  async run(name: string, from: string, args: readonly string[], cwd?: string): Promise<string> {
    const path = which(name);
    if (path === null) throw new CannotRunHere('guest-no-program', { program: name, package: from });
    this.#signal.throwIfAborted();
    using started = startWatched(path, args, this.#guard, { cwd });
    const { child } = started;
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (text) => {
      stdout = (stdout + text).slice(-KEPT_BYTES);
    });
    child.stderr?.on('data', (text) => {
      stderr = (stderr + text).slice(-KEPT_BYTES);
    });
    const [code, signal] = await once(child, 'close', { signal: this.#signal }).catch((error) => {
      throw this.#signal.aborted ? this.#signal.reason : error;
    });
    if (code === 0) return stdout;
    const said = stderr.trim().split('\n').at(-1);
    throw new GuestBroke(`${name} ended with ${signal ?? `exit code ${code}`}${said ? `: ${said}` : ''}`);
  }
}

/**
 * Starts a program in a group of its own that the guard knows before it begins: a shell waits for a word from us, and
 * becomes the program only then. A run that is killed in between leaves a shell that finds its input at an end.
 */
export function startWatched(
  path: string,
  args: readonly string[],
  guard: Guard,
  { cwd, env }: { cwd?: string | undefined; env?: NodeJS.ProcessEnv | undefined } = {},
) {
  const wait = 'read -r go && exec "$@" </dev/null';
  const child = spawn('/bin/sh', ['-c', wait, 'sh', path, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    cwd,
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  const { pid } = child;
  if (pid === undefined) throw new GuestBroke(`Cannot start ${path}`);
  guard.watchProcess(pid);
  child.stdin.on('error', () => {});
  child.stdin.end('go\n');
  child.once('exit', () => guard.forget(pid));
  return {
    child,
    [Symbol.dispose]: () => {
      if (child.exitCode === null && child.signalCode === null) endGroup(pid);
    },
  };
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
