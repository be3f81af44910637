/** One run of a learner's program against a receiver: what came, how the program ended, and what it left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Tally } from '#model/tally.ts';
import { traceCommand } from '#proof/calls/index.ts';
import type { Bench } from './bench.ts';
import type { Job, Report } from './job.ts';
import { type Broken, Limits } from './limits.ts';
import type { Peer, Received } from './peer.ts';

export type Ending =
  | Report
  | Broken
  /** It ended without a report: by process.exit, or by a signal. */
  | { readonly state: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null };

export interface Attempt {
  readonly ending: Ending;
  readonly received: Received;
  readonly processesLeft: number;
  /** What it printed, both streams, the end of it. */
  readonly output: string;
  /** Of a traced attempt. */
  readonly tally: Tally | null;
}

/** A check that saw nothing proves nothing: an error, never a pass. */
export class NoEvidence extends Error {
  override name = 'NoEvidence';
}

const program = fileURLToPath(new URL('./run-job.ts', import.meta.url));

/** No byte for so long, after the connection was made: it hangs, or turns for ever. */
const SILENT_MS = 2500;
const SILENT_TRACED_MS = 10_000;
/** Until the connection is made: Node starts, which a busy machine can make slow. */
const START_MS = 20_000;
/** Kept of what it prints. */
const OUTPUT_BYTES = 4096;

export type Asked = Omit<Job, 'port' | 'report'>;

/**
 * Runs the job once.
 * @param beforeOpening done when the program has ended and before a held receiver reads
 * @throws {NoEvidence} when the program never connected and nobody can say why
 */
export async function attempt(
  asked: Asked,
  peer: Peer,
  bench: Bench,
  traced: boolean,
  beforeOpening: () => void = () => {},
): Promise<Attempt> {
  const report = join(bench.folder, 'report.json');
  const jobFile = join(bench.folder, 'job.json');
  rmSync(report, { force: true });
  writeFileSync(jobFile, JSON.stringify({ ...asked, port: peer.port, report } satisfies Job));
  const output = join(bench.folder, 'output.txt');
  const out = openSync(output, 'w');
  const command = [process.execPath, '--max-old-space-size=256', program, jobFile];
  const begun = performance.now();
  const silent = traced ? SILENT_TRACED_MS : SILENT_MS;
  const hangs = () =>
    peer.lastHeardMs === null ? performance.now() - begun > START_MS : performance.now() - peer.lastHeardMs > silent;
  try {
    const ended = await (traced ? runTraced : runPlain)(command, out, hangs, bench);
    const connected = await peer.connected();
    beforeOpening();
    peer.open();
    const ending = ended.broken ?? readReport(report) ?? { state: 'exited', code: ended.code, signal: ended.signal };
    if (!connected && ending.state === 'returned')
      throw new NoEvidence('A program came to its end and never connected: nothing can be said about it');
    const text = readFileSync(output, 'utf8').slice(-OUTPUT_BYTES);
    const { tally, processesLeft } = ended;
    return { ending, received: await peer.received(), processesLeft, output: text, tally };
  } finally {
    closeSync(out);
  }
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly broken: Broken | null;
  readonly processesLeft: number;
  readonly tally: Tally | null;
}

async function runPlain(command: readonly string[], out: number, hangs: () => boolean, bench: Bench): Promise<Ended> {
  const [node = '', ...args] = command;
  // A session of its own, by which what it starts is found again.
  const child = spawn(node, args, { stdio: ['ignore', out, out], detached: true, env: quiet() });
  if (child.pid === undefined) throw new NoEvidence('The program could not be started: nothing can be said about it');
  bench.guard.watchProcess(child.pid);
  using limits = new Limits(child.pid, () => hangs() || bench.signal?.aborted === true);
  const { code, signal } = await exit(child);
  const processesLeft = limits.sweep();
  bench.guard.forget(child.pid);
  bench.signal?.throwIfAborted();
  return { code, signal, broken: limits.broken, processesLeft, tally: null };
}

async function runTraced(command: readonly string[], out: number, hangs: () => boolean, bench: Bench): Promise<Ended> {
  const timer = new AbortController();
  const looking = setInterval(() => {
    if (hangs() || bench.signal?.aborted) timer.abort('time');
  }, 100);
  try {
    const { tally, code, signal } = await traceCommand(['/usr/bin/env', 'NODE_NO_WARNINGS=1', ...command], {
      guard: bench.guard,
      signal: timer.signal,
      stdio: ['ignore', out, out],
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

function readReport(path: string): Report | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : null;
}
