/** Traces a program that it starts, with everything that program starts, until all of it has ended. */
import type { StdioOptions } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Guard } from '#machine/guard.ts';
import type { Tally } from '#model/tally.ts';
import { Account } from './account.ts';
import { type Call, LineReader } from './line.ts';
import { childrenOf, statusOf } from './running.ts';
import { findStrace, startTracer, type Tracer } from './strace.ts';

export interface LaunchOptions {
  readonly guard: Guard;
  /** Ends the program when it aborts; what was seen until then is still told. */
  readonly signal?: AbortSignal;
  /** Where the program's input, output and errors go. */
  readonly stdio: StdioOptions;
  /** Told of every traced call when it has returned, beside the account. */
  readonly onCall?: (call: Call) => void;
  /** Further options of strace: tests inject faults. */
  readonly strace?: readonly string[];
}

export interface Launched {
  readonly tally: Tally;
  /** Numbers of its processes and threads. */
  readonly threads: ReadonlySet<number>;
  /** Exit code of the program; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How long a program may take to end when it is asked to, milliseconds. */
const GRACE_MS = 2000;

/**
 * Runs a command under strace. Its calls cost about 0.1 ms each where they are traced, so nothing is timed.
 * @param command program and arguments; the program must exist
 * @throws {CannotRunHere} without strace, or where tracing is not permitted
 */
export async function traceCommand(command: readonly string[], options: LaunchOptions): Promise<Launched> {
  const { filters } = findStrace();
  const account = new Account();
  const alive = new Set<number>();
  const { guard, signal } = options;
  const lines = new LineReader();
  const follow = (line: string) => {
    const thread = Number.parseInt(line, 10);
    if (/^\d+ +\+\+\+ (exited|killed)/.test(line)) alive.delete(thread);
    else if (thread > 0) alive.add(thread);
    account.line(line);
    const read = options.onCall ? lines.read(line) : null;
    if (read?.state === 'call') options.onCall?.(read.call);
  };
  const args = ['-q', ...(filters ? ['--seccomp-bpf'] : []), ...(options.strace ?? []), '--', ...command];
  const tracer = startTracer(args, options.stdio, guard, follow);
  const stop = () => void end(alive, tracer, signal?.reason === 'time' ? 'SIGTERM' : 'SIGINT');
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { code, signal: by } = await tracer.ended;
    // What outlived strace would find its traced calls failing: it is ended, not left behind.
    for (const thread of [...alive, -tracer.pid]) kill(thread, 'SIGKILL');
    return { tally: account.finish(), threads: account.threads, code, signal: by };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Asks the program to end, then strace, so that what happens on the way is still seen. */
async function end(alive: ReadonlySet<number>, tracer: Tracer, how: NodeJS.Signals): Promise<void> {
  const over = tracer.ended.then(() => true);
  for (const signal of [how, 'SIGTERM'] as const) {
    // strace holds lines back until it has a block of them: its children are asked for as well.
    for (const process of new Set([...childrenOf(tracer.pid), ...alive])) if (leads(process)) kill(process, signal);
    if (await Promise.race([over, wait(GRACE_MS, false, { ref: false })])) return;
  }
  tracer.process.kill('SIGTERM');
}

/** A process rather than one of its threads: a signal to each of them would be as many signals to the process. */
function leads(thread: number): boolean {
  try {
    return Number(statusOf(thread, 'Tgid')) === thread;
  } catch {
    return false;
  }
}

function kill(thread: number, signal: NodeJS.Signals): void {
  try {
    process.kill(thread, signal);
  } catch {
    // It ended meanwhile.
  }
}
