import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./guard.sh', import.meta.url));

/**
 * A small shell process that outlives this one and cleans up: it kills what was started and removes the run's folder as
 * soon as the pipe from this process ends, whether by release() or because this process died (guard.sh).
 */
export class Guard {
  readonly #shell: ChildProcess;

  constructor() {
    // A session of its own: Ctrl-C in the terminal must not reach it.
    this.#shell = spawn('/bin/sh', [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.#shell.stdin?.on('error', () => {});
    this.#shell.unref();
  }

  /** Kill this process group at the end. */
  watchProcess(pid: number): void {
    this.#say('process', pid);
  }

  /** End this strace with TERM, before anything else, at the end. */
  watchTracer(pid: number): void {
    this.#say('tracer', pid);
  }

  /** Remove the kprobe events that this process made, at the end; those of watched processes go as well. */
  watchProbes(pid: number): void {
    this.#say('probes', pid);
  }

  /** This process has ended and its number may be used again. */
  forget(pid: number): void {
    this.#say('forget', pid);
  }

  /** Remove this folder, whose name begins with `run-`, at the end. */
  watchFolder(path: string): void {
    if (path.includes('\n'))
      throw new RangeError(`Cannot use work folder ${JSON.stringify(path)}: a line break is in its path`);
    this.#say('folder', path);
  }

  /** Remove this control group, whose name begins with `run-`, when its processes are gone. */
  watchGroup(path: string): void {
    this.#say('group', path);
  }

  /** Ends everything that is watched, and waits until that is done. */
  async release(): Promise<void> {
    const ended = this.#shell.exitCode === null && this.#shell.signalCode === null ? once(this.#shell, 'exit') : null;
    this.#shell.ref();
    this.#shell.stdin?.end();
    await ended;
  }

  #say(kind: string, value: string | number): void {
    this.#shell.stdin?.write(`${kind} ${value}\n`);
  }
}
