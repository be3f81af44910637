/** Ends a learner's program that takes too long, too much memory or too many processes, with all that it started. */
import { readdirSync, readFileSync } from 'node:fs';
import { childrenOf } from '#proof/calls/index.ts';
import { Patience } from './patience.ts';

/** Why a program was ended. */
export type Broken = { readonly state: 'hang' } | { readonly state: 'processes' | 'memory'; readonly amount: number };

const LOOK_MS = 40;
/** Processes at one time, the program itself included. */
const MOST_PROCESSES = 12;
/** Memory of its own, of all of them together, bytes. Node itself takes about 60 MiB. */
const MOST_MEMORY_BYTES = 512 * 2 ** 20;

/** Watches a process that leads its own session. */
export class Limits implements Disposable {
  readonly #pid: number;
  readonly #patience: Patience;
  readonly #signal: AbortSignal | undefined;
  readonly #seen = new Set<number>();
  readonly #timer: NodeJS.Timeout;
  broken: Broken | null = null;

  /**
   * @param hangs asked again and again: whether it has been silent for too long
   * @param signal ends it at once
   */
  constructor(pid: number, hangs: () => boolean, signal?: AbortSignal) {
    this.#pid = pid;
    this.#patience = new Patience(hangs);
    this.#signal = signal;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** Ends what it left behind and says how many processes that were. Call it when the program itself has ended. */
  sweep(): number {
    const left = [...this.#seen, ...membersOf(this.#pid)].filter((pid) => pid !== this.#pid && isAlive(pid));
    const processes = new Set(left);
    for (const pid of processes) kill(pid);
    return processes.size;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const all = [this.#pid, ...childrenOf(this.#pid)];
    for (const pid of all.slice(1)) this.#seen.add(pid);
    const memory = sum(all, ownMemoryOf);
    if (all.length > MOST_PROCESSES) this.#end({ state: 'processes', amount: all.length });
    else if (memory > MOST_MEMORY_BYTES) this.#end({ state: 'memory', amount: memory });
    else if (this.#signal?.aborted || this.#patience.isOver(sum(all, waitedMs))) this.#end({ state: 'hang' });
  }

  #end(broken: Broken): void {
    this.broken ??= broken;
    // A storm goes on while it is looked at: those that start next are in the session too.
    for (const pid of [-this.#pid, this.#pid, ...this.#seen, ...membersOf(this.#pid)]) kill(pid);
  }
}

/** Processes of a session: proc(5), field 6 of stat, behind the name in brackets. */
function membersOf(session: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(statOf(pid)[3]) === session);
}

/** Not gone, and not only waiting for its parent to notice. */
function isAlive(pid: number): boolean {
  const [state] = statOf(pid);
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return [];
  }
}

/** Memory that is no file's, bytes. */
function ownMemoryOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^RssAnon:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** How long the first thread was ready to run and was not let, ms: schedstat, where the kernel keeps it, has it in ns. */
function waitedMs(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1] ?? 0) / 1e6;
  } catch {
    return 0;
  }
}

function sum(pids: readonly number[], of: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + of(pid), 0);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
