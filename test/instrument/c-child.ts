import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { pinTo, usableCpus } from '#libc';
import type { Outcome, Question } from './loops.ts';

/** The C program (main.c) in a process of its own, pinned as machine/child.ts pins ours. It ends with its input. */
export class CChild {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  /** @param cpu CPU to pin it to; null: wherever this process may run */
  constructor(program: string, cpu: number | null) {
    const before = cpu === null ? null : usableCpus();
    if (cpu !== null) pinTo([cpu]);
    try {
      this.#process = spawn(program, [String(process.pid)], { stdio: ['pipe', 'pipe', 'inherit'] });
    } finally {
      if (before) pinTo(before);
    }
    this.#process.stdin.on('error', () => {});
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @throws {Error} when the program ended instead; what it said is on stderr */
  async ask({ family, bytes, operations, port, congestion, path }: Question): Promise<Outcome> {
    this.#process.stdin.write(`${family} ${bytes} ${operations} ${port} ${congestion} ${path}\n`);
    const line = await this.#answers.next();
    if (line.done) throw new Error(`The C program ended in ${family} at ${bytes} bytes`);
    return JSON.parse(line.value) as Outcome;
  }

  end(): void {
    this.#process.stdin.end();
  }
}
