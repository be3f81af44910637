/** One run of ./zc that is interrupted, or whose main process is killed, and a look at what is left of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ExitCode } from '#cli/exit.ts';
import { guestCache } from '#guest/cache.ts';
import type { KillRun } from '#model/prove.ts';
import { leftovers, leftProcesses, look, type Sighting, type Traces } from './leftovers.ts';
import { machineTraces, newTraces } from './machine-traces.ts';

const zc = fileURLToPath(new URL('../../zc', import.meta.url));

/** What may still be there after a signal, and for how long, ms. */
export const WAIT_MS = 2000;

/** How the main process ended, and what it said. */
export interface Ended {
  readonly exitCode: number | null;
  readonly endedBy: NodeJS.Signals | null;
  readonly stderr: string;
}

/** One run in a folder of its own, with everything it says. */
class Run implements Disposable {
  readonly traces: Traces;
  readonly pid: number;
  readonly process: ChildProcess;
  readonly startedMs = performance.now();
  readonly #place = mkdtempSync(join(tmpdir(), 'zero copy prove-'));
  #stderr = '';

  constructor(command: string) {
    const at = (name: string) => join(this.#place, name);
    const id = randomBytes(8).toString('hex');
    this.traces = {
      marker: `ZC_PROVE_MARKER=${id}`,
      work: at('work'),
      temporary: at('temporary'),
      state: at('state'),
      lock: at('lock'),
      cache: at('cache'),
    };
    const inGuest = command.includes('--guest');
    if (inGuest) lendGuestParts(this.traces.cache);
    mkdirSync(this.traces.temporary);
    const { ZC_LOCK_HELD: _, ...env } = process.env;
    this.process = spawn(zc, [...command.split(' '), '--work', this.traces.work], {
      // A session of its own: what this program gets from a terminal must not reach the run.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...env,
        ZC_PROVE_MARKER: id,
        XDG_STATE_HOME: this.traces.state,
        TMPDIR: this.traces.temporary,
        ...(inGuest ? { XDG_CACHE_HOME: this.traces.cache } : {}),
        ZC_LOCK: this.traces.lock,
      },
    });
    if (this.process.pid === undefined) throw new Error(`Cannot start ${zc}`);
    this.pid = this.process.pid;
    this.process.stderr?.on('data', (text) => {
      this.#stderr += text;
    });
  }

  /** How it ended; null while it runs. */
  ended(): Ended | null {
    const { exitCode, signalCode } = this.process;
    return exitCode === null && signalCode === null ? null : { exitCode, endedBy: signalCode, stderr: this.#stderr };
  }

  /** Ends what is left, by id, and removes the folder. */
  [Symbol.dispose](): void {
    for (const { pid } of leftProcesses(this.traces, look(this.traces, this.pid))) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Ended meanwhile.
      }
    }
    rmSync(this.#place, { recursive: true, force: true });
  }
}

/** A cache with everything of the user's that a guest is made of, but no root image: the run makes its own. */
function lendGuestParts(cache: string): void {
  const folder = join(cache, 'zero-copy-measured/guest');
  mkdirSync(folder, { recursive: true });
  for (const part of ['kernel-6.12', 'busybox', 'emulator', 'compiled.cpio']) {
    const own = join(guestCache(), part);
    if (existsSync(own)) symlinkSync(own, join(folder, part));
  }
}

/**
 * Lets a run go to its end.
 * @returns how long it took, ms; null where it cannot run here
 * @throws {Error} when it failed, or left something: then no signal is to blame
 */
export async function undisturbed(command: string, signal: AbortSignal): Promise<number | null> {
  using run = new Run(command);
  await once(run.process, 'close', { signal });
  const lengthMs = performance.now() - run.startedMs;
  const ended = run.ended();
  const left = leftovers(run.traces, look(run.traces, run.pid));
  if (ended?.exitCode === 0 && left.length === 0) return lengthMs;
  if (ended?.exitCode === ExitCode.cannotRunHere && left.length === 0) return null;
  throw new Error(
    `Cannot try ./zc ${command}: undisturbed, it ended with ${JSON.stringify(ended)}, ${left.join('; ')}`,
  );
}

export type Blow = Pick<KillRun, 'command' | 'signal' | 'to' | 'momentMs'>;

/**
 * Starts a run, sends the signal at the moment, and looks at what is left two seconds later.
 * @returns null when the run had ended before the signal came
 */
export async function killOnce(blow: Blow, signal: AbortSignal): Promise<Omit<KillRun, 'order'> | null> {
  const machineBefore = machineTraces();
  using run = new Run(blow.command);
  const untilThen = blow.momentMs - (performance.now() - run.startedMs);
  await wait(Math.max(0, untilThen), undefined, { signal });
  const seen = look(run.traces, run.pid);
  if (run.ended()) return null;
  const momentMs = performance.now() - run.startedMs;
  process.kill(blow.to === 'group' ? -run.pid : run.pid, blow.signal);
  await wait(WAIT_MS, undefined, { signal });
  const ended = run.ended();
  // The signal came when everything was done and stored: nothing was interrupted.
  if (ended?.exitCode === 0) return null;
  return {
    ...blow,
    momentMs,
    had: { processes: seen.processes.length, sockets: seen.sockets.length, files: seen.files.length },
    exitCode: ended?.exitCode ?? null,
    endedBy: ended?.endedBy ?? null,
    faults: [
      ...endingFaults(blow.signal, ended, seen),
      ...leftovers(run.traces, seen),
      ...newTraces(machineBefore).map((trace) => `left in the machine: ${trace}`),
    ],
  };
}

/** The sentence of a run that was interrupted. */
const STOPPED = /^zc: Stopped\b.*\.$/;

/** What is wrong with how the main process ended. */
export function endingFaults(signal: 'SIGINT' | 'SIGKILL', ended: Ended | null, seen: Sighting): string[] {
  if (!ended) return ['the main process has not ended'];
  const how = ended.endedBy ?? `exit code ${ended.exitCode}`;
  if (signal === 'SIGKILL') return how === 'SIGKILL' ? [] : [`it ended with ${how} after SIGKILL`];
  const said = ended.stderr.split('\n').filter((line) => line.startsWith('zc: '));
  // Before the program itself has begun, nothing can answer the signal, and there is nothing to say: a shell sees 130.
  const hasBegun = said.length > 0 || ended.stderr !== '' || seen.files.length > 0;
  if (!hasBegun && ended.endedBy === 'SIGINT') return [];
  return [
    ...(ended.exitCode === 130 ? [] : [`it ended with ${how} after SIGINT, expected exit code 130`]),
    ...(said.length === 1 && STOPPED.test(said[0] as string) && !/\n {4}at /.test(ended.stderr)
      ? []
      : [`it said ${JSON.stringify(ended.stderr.slice(-500))}, expected one sentence`]),
  ];
}
