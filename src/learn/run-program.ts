/** Runs one of our programs that runs a learner's file: within limits, and under strace where its calls matter. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Tally } from '#model/tally.ts';
import { type Call, traceCommand } from '#proof/calls/index.ts';
import type { Bench } from './bench.ts';
import { type Broken, Limits } from './limits.ts';

/** A check that saw nothing proves nothing: an error, never a pass. */
export class NoEvidence extends Error {
  override name = 'NoEvidence';
}

export interface ProgramRun {
  /** Descriptor that takes what it prints. */
  readonly out: number;
  /** Asked again and again: whether it has been silent for too long. */
  readonly hangs: () => boolean;
  readonly bench: Bench;
  readonly traced: boolean;
  /** Told of every traced call. */
  readonly onCall?: (call: Call) => void;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly broken: Broken | null;
  readonly processesLeft: number;
  /** Of a traced run. */
  readonly tally: Tally | null;
}

/** Runs a program of ours until it ends, or is ended. @param args its file and what it is told */
export async function runProgram(args: readonly string[], run: ProgramRun): Promise<Ended> {
  const command = [process.execPath, '--max-old-space-size=256', ...args];
  return await (run.traced ? runTraced : runPlain)(command, run);
}

async function runPlain(command: readonly string[], { out, hangs, bench }: ProgramRun): Promise<Ended> {
  const [node = '', ...args] = command;
  // A session of its own, by which what it starts is found again.
  const child = spawn(node, args, { stdio: ['ignore', out, out], detached: true, env: quiet() });
  if (child.pid === undefined) throw new NoEvidence('The program could not be started: nothing can be said about it');
  bench.guard.watchProcess(child.pid);
  using limits = new Limits(child.pid, hangs, bench.signal);
  const { code, signal } = await exit(child);
  const processesLeft = limits.sweep();
  bench.guard.forget(child.pid);
  bench.signal?.throwIfAborted();
  return { code, signal, broken: limits.broken, processesLeft, tally: null };
}

async function runTraced(command: readonly string[], { out, hangs, bench, onCall }: ProgramRun): Promise<Ended> {
  const timer = new AbortController();
  const looking = setInterval(() => {
    if (hangs() || bench.signal?.aborted) timer.abort('time');
  }, 100);
  try {
    const { tally, code, signal } = await traceCommand(['/usr/bin/env', 'NODE_NO_WARNINGS=1', ...command], {
      guard: bench.guard,
      signal: timer.signal,
      stdio: ['ignore', out, out],
      ...(onCall ? { onCall } : {}),
    });
    bench.signal?.throwIfAborted();
    if (Object.keys(tally.calls).length === 0)
      throw new NoEvidence('The trace of the program is empty: nothing can be said about it');
    return { code, signal, broken: timer.signal.aborted ? { state: 'hang' } : null, processesLeft: 0, tally };
  } finally {
    clearInterval(looking);
  }
}

function exit(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code, signal) => void wait(0).then(() => done({ code, signal })));
  });
}

function quiet(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_NO_WARNINGS: '1' };
}
