import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { pinTo, usableCpus } from '#libc';
import type { Guard } from './guard.ts';

/** A child ended, or said something that is not an answer, while an answer was waited for. */
export class ChildBroke extends Error {
  override name = 'ChildBroke';
  /** True when the process itself ended; false when it answered with an error. */
  readonly ended: boolean;

  constructor(message: string, ended: boolean) {
    super(message);
    this.ended = ended;
  }
}

/** A child gave no answer in the time allowed. */
export class ChildTimeout extends Error {
  override name = 'ChildTimeout';
}

export interface ChildOptions {
  readonly args?: readonly string[];
  /** A program with its arguments that becomes ours in the same process, as unshare(1) does. */
  readonly launcher?: readonly string[];
}

/** Bytes of a child's stderr that are kept for the error message. */
const STDERR_KEPT = 4096;

/**
 * One of our own programs in a process of its own, spoken to in lines of JSON: a question on its stdin, an answer on its
 * stdout. It gets its own process group, dies with us (dieWithParent in the child) and is watched by the guard.
 */
export class Child {
  readonly name: string;
  readonly pid: number;
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #answers: AsyncIterator<string>;
  #stderr = '';
  #ended: string | null = null;

  /**
   * @param name what messages call it: 'sender', 'receiver'
   * @param file program to run under this Node
   * @param cpu CPU to pin it to, with every thread it will have; null: wherever this process may run
   */
  constructor(
    name: string,
    file: string,
    guard: Guard,
    cpu: number | null,
    { args = [], launcher = [] }: ChildOptions = {},
  ) {
    this.name = name;
    const before = cpu === null ? null : usableCpus();
    // A child inherits the affinity of the thread that starts it: so all its threads are pinned from the first moment.
    if (cpu !== null) pinTo([cpu]);
    try {
      const [program = '', ...rest] = [...launcher, process.execPath, file, String(process.pid), ...args];
      this.#process = spawn(program, rest, {
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
        // Warnings of Node itself would stand where the reason of a failure is looked for.
        env: { ...process.env, NODE_NO_WARNINGS: '1' },
      });
    } finally {
      if (before) pinTo(before);
    }
    if (this.#process.pid === undefined) throw new ChildBroke(`Cannot start the ${name}`, true);
    this.pid = this.#process.pid;
    guard.watchProcess(this.pid);
    this.#process.stdin.on('error', () => {});
    this.#process.stderr.on('data', (text) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    this.#process.on('exit', (code, signal) => {
      this.#ended = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
      guard.forget(this.pid);
    });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** Sends a question and does not wait. */
  tell(question: object): void {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
  }

  /**
   * Waits for the next answer.
   * @throws {ChildBroke} when the child ended, or answered with an error of its own
   * @throws {ChildTimeout} after `timeoutMs`
   */
  async answer<T>(timeoutMs: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const message = `The ${this.name} did not answer for ${timeoutMs / 1000} s`;
      timer = setTimeout(() => reject(new ChildTimeout(message)), timeoutMs);
    });
    const line = await Promise.race([this.#answers.next(), late]).finally(() => clearTimeout(timer));
    if (line.done) throw new ChildBroke(await this.#epitaph(), true);
    const answer = JSON.parse(line.value) as T & { error?: string };
    if (answer.error !== undefined) throw new ChildBroke(`The ${this.name} failed: ${answer.error}`, false);
    return answer;
  }

  /** Sends a question and waits for its answer. */
  ask<T>(question: object, timeoutMs: number): Promise<T> {
    this.tell(question);
    return this.answer<T>(timeoutMs);
  }

  /** Lets it end by itself: it does so at the end of its input. */
  end(): void {
    this.#process.stdin.end();
  }

  /** Its output ended: what is known about why. The exit event may come a little later than the end of the output. */
  async #epitaph(): Promise<string> {
    for (let tries = 0; this.#ended === null && tries < 40; tries++) await new Promise((done) => setTimeout(done, 5));
    const said = this.#stderr.trim();
    return `The ${this.name} ${this.#ended ?? 'closed its output'}${said && `: ${said.split('\n').at(-1)}`}`;
  }
}
