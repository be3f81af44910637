import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CannotRunHere } from './cannot-run.ts';
import { ChildBroke, ChildTimeout } from './child.ts';
import type { Guard } from './guard.ts';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** It traces others: the guard ends it first, and gently. */
  readonly tracer?: boolean;
  /** File that it reads; without one, its input is empty. */
  readonly input?: string;
  /** File that gets what it prints on stdout, all of it; without one, only the end is kept. */
  readonly output?: string;
}

/** How long it may take to end when it is asked to, milliseconds. */
const GRACE_MS = 2000;
const LOOK_MS = 10;
const DRAIN_MS = 500;
/** Bytes of its output that are kept. */
const KEPT_BYTES = 65_536;

/** A program of somebody else's in the foreground, in a process group of its own, watched by the guard. */
export class Program {
  readonly name: string;
  readonly pid: number;
  readonly #process: ChildProcess;
  #said = '';
  #exit: string | null = null;
  /** Its output is at an end too, and all of it has come. */
  #closed = false;

  /** @throws {CannotRunHere} when it is not installed */
  constructor(name: string, args: readonly string[], guard: Guard, options: ProgramOptions = {}) {
    const { cwd, env, tracer, input = '/dev/null', output = '' } = options;
    this.name = basename(name);
    // A shell waits for a word from us and becomes the program, so that the guard knows the process before it begins.
    const to = output && ' >"$out"';
    const line = `read -r go && in=$1 out=$2 && shift 2 && exec "$@" <"$in"${to}`;
    this.#process = spawn('/bin/sh', ['-c', line, 'sh', input, output, ...dying(), findProgram(name), ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      cwd,
      env: { ...process.env, LC_ALL: 'C', ...env },
    });
    const { pid, stdin, stdout, stderr } = this.#process;
    if (pid === undefined) throw new ChildBroke(`Cannot start ${this.name}`, true);
    this.pid = pid;
    if (tracer) guard.watchTracer(pid);
    else guard.watchProcess(pid);
    this.#process.once('exit', (code, signal) => {
      this.#exit = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
      guard.forget(pid);
    });
    this.#process.once('close', () => {
      this.#closed = true;
    });
    for (const output of [stdout, stderr]) {
      output?.on('data', (text) => {
        this.#said = (this.#said + text).slice(-KEPT_BYTES);
      });
    }
    stdin?.on('error', () => {});
    stdin?.end('go\n');
  }

  /** The end of what it has printed. */
  get said(): string {
    return this.#said;
  }

  /**
   * Waits until something is so.
   * @param ready given all that the program printed
   * @throws {ChildBroke} when the program ended before, with its last words
   * @throws {ChildTimeout} after `timeoutMs`
   */
  async until(ready: (said: string) => boolean, timeoutMs: number): Promise<void> {
    for (let waited = 0; !ready(this.#said); waited += LOOK_MS) {
      if (this.#exit !== null) {
        const broken = await this.#broken();
        if (ready(this.#said)) return;
        throw broken;
      }
      if (waited >= timeoutMs) throw new ChildTimeout(`${this.name} was not ready after ${timeoutMs / 1000} s`);
      await wait(LOOK_MS);
    }
  }

  /** Waits for its end. @throws {ChildBroke} when it failed */
  async succeed(timeoutMs: number): Promise<void> {
    for (let waited = 0; this.#exit === null; waited += LOOK_MS) {
      if (waited >= timeoutMs) throw new ChildTimeout(`${this.name} did not end after ${timeoutMs / 1000} s`);
      await wait(LOOK_MS);
    }
    if (this.#exit !== 'ended with exit code 0') throw await this.#broken();
    await this.#drain();
  }

  /** Asks it to end, and makes it end when it has not after `graceMs`. */
  async end(graceMs = GRACE_MS): Promise<void> {
    if (this.#exit === null) this.#process.kill('SIGTERM');
    for (let waited = 0; this.#exit === null && waited < graceMs; waited += LOOK_MS) await wait(LOOK_MS);
    if (this.#exit === null) this.#process.kill('SIGKILL');
    while (this.#exit === null) await wait(LOOK_MS);
  }

  async #broken(): Promise<ChildBroke> {
    await this.#drain();
    const lastLine = this.#said.trim().split('\n').at(-1) || 'it printed nothing';
    return new ChildBroke(`${this.name} ${this.#exit}: ${lastLine}`, true);
  }

  /** Its last words may come after its end. Somebody else may hold its output open, so this does not wait for long. */
  async #drain(): Promise<void> {
    for (let waited = 0; !this.#closed && waited < DRAIN_MS; waited += LOOK_MS) await wait(LOOK_MS);
  }
}

/** setpriv(1) lets it die with us where nobody can tell the guard any more. */
function dying(): string[] {
  const setpriv = lookFor('setpriv');
  return setpriv ? [setpriv, '--pdeathsig', 'TERM'] : [];
}

/** Path of an installed program; a path stays what it is. @throws {CannotRunHere} */
export function findProgram(name: string): string {
  const path = lookFor(name);
  if (path === null) throw new CannotRunHere('no-program', { program: name });
  return path;
}

/** Servers lie in folders that a user's PATH does not name. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

function lookFor(name: string): string | null {
  const folders = name.includes('/')
    ? ['']
    : [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...systemFolders];
  for (const path of folders.map((folder) => join(folder, name))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
