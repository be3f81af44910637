/** strace itself: whether it is here and may trace, what it is asked for, and the pipe it writes to. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { openPipe } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Guard } from '#machine/guard.ts';
import { probe } from '#machine/probe.ts';

/** Calls that move payload, and those that say where it is. `?`: not every architecture has all of them. */
const traced = [
  'read pread64 readv preadv preadv2 write writev pwritev2 sendto sendmsg sendmmsg',
  'sendfile sendfile64 copy_file_range splice tee vmsplice mmap munmap io_uring_setup io_uring_enter',
  'pipe pipe2 socket socketpair accept accept4 setsockopt clone clone3 fork vfork execve execveat',
]
  .join(' ')
  .split(' ')
  .map((call) => `?${call}`)
  .join();

/**
 * Bytes of a buffer that are printed: enough to know it again, and no more of anybody's data than that. They stay in this
 * process.
 */
const HEAD_BYTES = 48;

const PROBE_MS = 5000;

/** What the strace of this machine offers. */
export interface Strace {
  /** Calls that are not traced cost nearly nothing (--seccomp-bpf, strace 5.3); only for programs that it starts. */
  readonly filters: boolean;
}

/**
 * Tries strace once, on `true`.
 * @throws {CannotRunHere} when it is not installed, or ptrace(2) is not permitted
 */
export function findStrace(): Strace {
  known ??= tryStrace();
  return known;
}

/** It is tried once a process. */
let known: Strace | undefined;

function tryStrace(): Strace {
  if (tryTrace(['--seccomp-bpf'])) return { filters: true };
  if (tryTrace([])) return { filters: false };
  throw new CannotRunHere('no-ptrace');
}

function tryTrace(options: readonly string[]): boolean {
  const run = probe('strace', ['-f', ...options, '-o', '/dev/null', 'true'], PROBE_MS);
  if (run.error && 'code' in run.error && run.error.code === 'ENOENT') throw new CannotRunHere('no-strace');
  return run.status === 0;
}

/** A running strace whose lines are being read. */
export interface Tracer {
  readonly process: ChildProcess;
  readonly pid: number;
  /** Resolves when it has ended and every line was read. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/**
 * Starts strace and passes on its lines. They come through a pipe that strace opens by its name in /proc, so that the
 * traced program inherits nothing of it. End it with INT or TERM, not KILL: an orphaned program's traced calls may fail.
 * Should we be killed, the guard ends strace and then its process group, program included.
 */
export function startTracer(
  args: readonly string[],
  stdio: StdioOptions,
  guard: Guard,
  onLine: (line: string) => void,
): Tracer {
  const { readEnd, writeEnd } = openPipe(2 ** 20);
  const output = ['-o', `/proc/${process.pid}/fd/${writeEnd}`];
  // -I2: INT and TERM end it, also with -o. Vectors are printed whole (abbrev=none), signals not at all.
  const options = ['-f', '-I2', '-yy', '-s', `${HEAD_BYTES}`, '-e', 'abbrev=none', '-e', 'signal=none'];
  const strace = spawn('strace', [...options, '-e', `trace=${traced}`, ...output, ...args], {
    stdio,
    // A process group of its own: Ctrl-C reaches us, and we end it in order.
    detached: true,
  });
  const lines = createInterface({ input: createReadStream('', { fd: readEnd, encoding: 'latin1', autoClose: false }) });
  lines.on('line', onLine);
  const read = new Promise<void>((done) => lines.once('close', done));
  if (strace.pid !== undefined) guard.watchTracer(strace.pid);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done, failed) => {
    strace.once('error', (error) => {
      closeSync(writeEnd);
      failed(error);
    });
    strace.once('exit', (code, signal) => {
      if (strace.pid !== undefined) guard.forget(strace.pid);
      // The end of the lines: strace's own end of the pipe is closed, and now ours.
      closeSync(writeEnd);
      void read.then(() => {
        closeSync(readEnd);
        done({ code, signal });
      });
    });
  });
  return { process: strace, pid: strace.pid ?? 0, ended };
}
