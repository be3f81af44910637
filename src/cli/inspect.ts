/** `./zc inspect`: by which calls a program's file bytes go into sockets. Of a command that it starts, or of a process. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Guard } from '#machine/guard.ts';
import { referencedBytes, TALLY_VERSION, type Tally } from '#model/tally.ts';
import { traceCost } from '#model/words/inspect.ts';
import { attach, findStrace, traceCommand } from '#proof/calls/index.ts';
import { exitCodeOf, UsageError } from './exit.ts';
import { renderInspect } from './report/inspect.ts';
import { reportOptions } from './report-options.ts';
import { stopSignal } from './signals.ts';

export interface InspectOptions {
  pid?: number;
  seconds?: number;
  json?: boolean;
  verbose?: boolean;
}

/** How long a process is traced unless it is said. */
const ATTACHED_SECONDS = 10;

/** What was traced, and how that ended. */
interface Inspected {
  readonly tally: Tally;
  readonly command?: readonly string[];
  readonly pid?: number;
  readonly ended: 'by-itself' | 'time' | 'stopped';
  /** Exit code of the command; null when a signal ended it, and for a process that goes on. */
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
}

/** Traces, reports and sets the exit code: 0, whatever was found and however the command ended. */
export async function inspect(command: readonly string[], options: InspectOptions): Promise<void> {
  checkArguments(command, options);
  const signal = stopSignal();
  const guard = new Guard();
  try {
    const inspected = await (options.pid === undefined
      ? inspectCommand(command, options, guard, signal)
      : inspectProcess(options.pid, options, guard, signal));
    report(inspected, options);
    // Ctrl-C ended it, and what was seen until then is told all the same.
    if (signal.aborted) process.exitCode = exitCodeOf(signal.reason);
  } finally {
    await guard.release();
  }
}

function checkArguments(command: readonly string[], { pid }: InspectOptions): void {
  if (pid !== undefined && command.length > 0)
    throw new UsageError('Cannot inspect a command and a process at once: give one of them');
  if (pid === process.pid) throw new UsageError(`Cannot inspect process ${pid}: that is this command itself`);
  const [program] = command;
  if (pid !== undefined) return;
  if (program === undefined)
    throw new UsageError('Expected a command or a process, found neither: ./zc inspect -- COMMAND …, or --pid N');
  if (!isProgram(program)) throw new UsageError(`Cannot find a program '${program}' that may be executed`);
}

async function inspectCommand(
  command: readonly string[],
  { seconds, json }: InspectOptions,
  guard: Guard,
  stop: AbortSignal,
): Promise<Inspected> {
  process.stderr.write(`${traceCost(findStrace().filters, false)}\n`);
  const timer = new AbortController();
  if (seconds !== undefined) void wait(seconds * 1000, null, { ref: false }).then(() => timer.abort('time'));
  const signal = AbortSignal.any([stop, timer.signal]);
  // With --json our stdout is one document: the command's output goes where our own remarks go.
  const {
    tally,
    code,
    signal: by,
  } = await traceCommand(command, {
    guard,
    signal,
    stdio: ['inherit', json ? 2 : 'inherit', 'inherit'],
  });
  if (Object.keys(tally.calls).join() === 'execve')
    throw new UsageError(`Cannot start '${command[0]}': the system does not take it for a program`);
  const ended = stop.aborted ? 'stopped' : timer.signal.aborted ? 'time' : 'by-itself';
  return { tally, command, ended, exitCode: code, exitSignal: by };
}

async function inspectProcess(
  pid: number,
  { seconds = ATTACHED_SECONDS }: InspectOptions,
  guard: Guard,
  stop: AbortSignal,
): Promise<Inspected> {
  process.stderr.write(`${traceCost(false, true)}\n`);
  const attachment = await attach(pid, guard);
  process.stderr.write(`Process ${pid} and its children are traced for ${seconds} s; Ctrl-C ends it earlier.\n`);
  const over = attachment.over.then(() => 'by-itself' as const);
  const time = wait(seconds * 1000, 'time' as const, { signal: stop, ref: false }).catch(() => 'stopped' as const);
  const ended = await Promise.race([over, time]);
  return { tally: await attachment.release(), pid, ended, exitCode: null, exitSignal: null };
}

function report(inspected: Inspected, options: InspectOptions): void {
  const { tally, command, pid, ended, exitCode, exitSignal } = inspected;
  if (options.json) {
    const referenced = tally.flows.reduce((sum, flow) => sum + referencedBytes(flow), 0);
    const how = { command, pid, ended, exitCode, exitSignal, referencedBytes: referenced };
    process.stdout.write(`${JSON.stringify({ schemaVersion: TALLY_VERSION, ...how, ...tally }, null, 1)}\n`);
    return;
  }
  process.stdout.write(`${renderInspect(tally, reportOptions(options.verbose === true)).join('\n')}\n`);
  if (ended === 'by-itself' && (exitCode ?? 0) !== 0) {
    process.stderr.write(`The command itself ended with exit code ${exitCode}.\n`);
  }
}

/** A path that may be executed, or a name on the path. */
function isProgram(name: string): boolean {
  const folders = name.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => {
    const path = name.includes('/') ? name : join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  });
}
