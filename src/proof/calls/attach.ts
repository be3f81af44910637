/** Traces a program that runs already, for a while, and lets it go on. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Guard } from '#machine/guard.ts';
import type { Tally } from '#model/tally.ts';
import { Account } from './account.ts';
import { childrenOf, lookAt, NoSuchProcess, statusOf } from './running.ts';
import { findStrace, startTracer } from './strace.ts';

/** An attached trace. */
export interface Attachment {
  /** Lets the program go. */
  stop(): void;
  /** Lets the program go and says what was seen. */
  release(): Promise<Tally>;
  /** Resolves when there is nothing left to trace. */
  readonly over: Promise<unknown>;
}

/** How long attaching may take, milliseconds: strace stops every thread once. */
const ATTACH_MS = 10_000;

/**
 * Attaches to a process, its threads and its children, and resolves when it is being traced. Every call of it then costs
 * about 0.1 ms more, traced or not.
 * @throws {NoSuchProcess}
 * @throws {CannotRunHere} without strace, or where the process may not be traced
 */
export async function attach(pid: number, guard: Guard): Promise<Attachment> {
  const tracedBy = Number(statusOf(pid, 'TracerPid') ?? 0);
  if (tracedBy > 0) throw new CannotRunHere('traced-already', { pid, by: tracedBy });
  findStrace();
  const pids = [pid, ...childrenOf(pid)];
  const account = new Account(pids.map(lookAt));
  const targets = pids.flatMap((one) => ['-p', String(one)]);
  const tracer = startTracer(targets, ['ignore', 'ignore', 'pipe'], guard, (line) => account.line(line));
  const over = tracer.ended.catch(() => {});
  await attached(tracer.process.stderr as Readable, pid, over);
  const stop = () => void tracer.process.kill('SIGINT');
  return {
    over,
    stop,
    async release() {
      stop();
      await tracer.ended;
      return account.finish();
    },
  };
}

/** Waits until strace says that it is attached. */
async function attached(stderr: Readable, pid: number, over: Promise<unknown>): Promise<void> {
  const said: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const begun = new Promise<boolean>((done) => {
    createInterface({ input: stderr }).on('line', (line) => {
      said.push(line);
      if (line.includes(`Process ${pid} attached`)) done(true);
    });
    timer = setTimeout(() => done(false), ATTACH_MS);
    void over.then(() => done(false));
  });
  const ok = await begun.finally(() => clearTimeout(timer));
  if (ok) return;
  if (said.some((line) => /No such process/.test(line))) throw new NoSuchProcess(pid);
  throw new CannotRunHere('no-attach', { pid });
}
