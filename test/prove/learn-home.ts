/** A learner's home for one interruption: a small clone in git, the state folder, and the watch mode in a terminal. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childrenOf } from '#proof/calls/index.ts';

const zc = fileURLToPath(new URL('../../zc', import.meta.url));

/** The exercise that the learner has passed, and goes on changing. */
export const exercise = '10-header-and-file';

/** How long something that must happen may take, ms: a limit that ends what hangs. */
const LONGEST_MS = 60_000;
const LOOK_MS = 10;

export class LearnHome implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'zc learner '));
  readonly practice = join(this.folder, 'clone', 'practice');
  readonly file = join(this.practice, `${exercise}.ts`);
  readonly state = join(this.folder, 'state', 'zero-copy-measured', 'learn');
  /** What the terminal has shown since it was last forgotten, and before. */
  shown = '';
  before = '';
  #terminal: ChildProcess | null = null;

  /** @param earlier the state folder of a learner who has passed the exercise */
  constructor(earlier: string | null) {
    mkdirSync(this.practice, { recursive: true });
    writeFileSync(join(this.folder, 'clone', '.gitignore'), 'practice/\n');
    spawnSync('git', ['init', '--quiet'], { cwd: join(this.folder, 'clone') });
    if (earlier) cpSync(earlier, this.state, { recursive: true });
  }

  /** Runs a command of ./zc learn to its end. */
  learn(...args: readonly string[]): {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    const { status, stdout, stderr } = spawnSync(zc, ['learn', ...args], { env: this.#env(), encoding: 'utf8' });
    return { code: status, stdout, stderr };
  }

  /** Starts the watch mode. @param inside a shell line that makes something so and then runs "$0" with its arguments */
  watch(inside = 'exec "$0" learn'): void {
    this.forget();
    const line = `stty cols 200; ${inside.replaceAll('"$0"', `'${zc}'`)}`;
    this.#terminal = spawn('script', ['-qefc', line, '/dev/null'], {
      env: this.#env(),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#terminal.stdout?.on('data', (text) => {
      this.shown += text;
    });
  }

  /** What was shown so far shall not be taken for what is shown next. */
  forget(): void {
    this.before += this.shown;
    this.shown = '';
  }

  press(key: string): void {
    this.#terminal?.stdin?.write(key);
  }

  /** Waits until the terminal has shown something. @throws when it never does */
  async sees(text: string): Promise<void> {
    for (let waited = 0; !this.shown.includes(text); waited += LOOK_MS) {
      if (waited > LONGEST_MS)
        throw new Error(`Expected the terminal to show '${text}', it shows: ${this.shown.slice(-2000)}`);
      await wait(LOOK_MS);
    }
  }

  /** Processes of the session, the terminal's own not among them. */
  processes(): number[] {
    return this.#terminal?.pid ? childrenOf(this.#terminal.pid) : [];
  }

  /** Ends the session by a signal that it cannot handle. */
  async kill(): Promise<void> {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended with another one.
      }
    }
    await this.ended();
  }

  /** Waits for the end of the session. @returns its exit code */
  async ended(): Promise<number | null> {
    const terminal = this.#terminal;
    this.#terminal = null;
    if (!terminal) return null;
    if (terminal.exitCode === null && terminal.signalCode === null) await once(terminal, 'exit');
    return terminal.exitCode;
  }

  /** Files may grow to so many bytes: 0 stands for a full disk, as write(2) fails on both. */
  limitFiles(bytes: number | 'unlimited'): void {
    for (const pid of this.processes())
      spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`], { stdio: 'ignore' });
  }

  /** Everything that is kept of the exercise. */
  snapshots(): string[] {
    const folder = join(this.state, 'snapshots', exercise);
    if (!existsSync(folder)) return [];
    // A kill in the middle of a write leaves half a file, under a name that no snapshot has.
    const whole = readdirSync(folder).filter((name) => !name.startsWith('.'));
    return whole.map((name) => readFileSync(join(folder, name), 'utf8'));
  }

  [Symbol.dispose](): void {
    this.#terminal?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  #env(): NodeJS.ProcessEnv {
    const { FORCE_COLOR: _, ...inherited } = process.env;
    return {
      ...inherited,
      HOME: this.folder,
      XDG_STATE_HOME: join(this.folder, 'state'),
      ZC_PRACTICE: this.practice,
      ZC_WORK: join(this.folder, 'work'),
      TERM: 'xterm',
      LC_ALL: 'C.UTF-8',
      NO_COLOR: '1',
    };
  }
}
