/** One run: its folder, its guard, its processes. Whatever happens, what it made is gone when it ends. */

import { fileURLToPath } from 'node:url';
import { cgroupLimits } from '#machine/cgroup.ts';
import { Child, type ChildOptions } from '#machine/child.ts';
import { environment, type Placement, placement } from '#machine/environment.ts';
import { meminfo } from '#machine/facts.ts';
import { Guard } from '#machine/guard.ts';
import { Program, type ProgramOptions } from '#machine/program.ts';
import { chooseWorkFolder, makeRunFolder, type WorkFolder } from '#machine/work-folder.ts';
import type { Environment } from '#model/environment.ts';
import type { Request } from './request.ts';

/** What a lab may use while it runs. */
export interface Session {
  readonly request: Request;
  /** Path of the lab file, for the measuring child. */
  readonly labFile: string;
  readonly work: WorkFolder;
  /** An empty folder of this run's own. */
  readonly folder: string;
  readonly placement: Placement;
  readonly environment: Environment;
  readonly startedAt: Date;
  /** Ends whatever it watches when this run ends, however it does. */
  readonly guard: Guard;
  /** Starts one of our programs in a process of its own, watched by the guard. */
  startChild(name: string, file: URL, cpu: number | null, options?: ChildOptions): Child;
  /** Starts a program of somebody else's, watched by the guard. @throws {CannotRunHere} when it is not installed */
  startProgram(name: string, args: readonly string[], options?: ProgramOptions): Program;
  /** Undoes something that the guard cannot: when this run ends, however it does, and before what it started is ended. */
  atEnd(undo: () => Promise<void>): void;
  /** Says how far the run is; called between samples only. */
  progress(done: number, total: number, what: string): void;
  /** Throws when the run was asked to stop. */
  checkStopped(): void;
}

export interface SessionOptions {
  readonly request: Request;
  readonly labFile: string;
  /** Folder from --work. */
  readonly work: string | undefined;
  /** Bytes the lab will write. */
  readonly diskBytes: number;
  readonly progress: Session['progress'];
  /** Ends the run when it aborts. */
  readonly signal: AbortSignal;
}

/** Opens a session, uses it and ends it: the guard removes the folder and whatever still runs. */
export async function withSession<T>(options: SessionOptions, use: (session: Session) => Promise<T>): Promise<T> {
  const { request, labFile, progress, signal } = options;
  const guard = new Guard();
  let stop: () => void = () => {};
  await using undone = new AsyncDisposableStack();
  undone.defer(() => guard.release());
  try {
    const work = chooseWorkFolder(options.work, options.diskBytes);
    const folder = makeRunFolder(work, (path) => guard.watchFolder(path));
    using _ = folder.lock;
    const place = placement();
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
    });
    const session: Session = {
      request,
      labFile,
      work,
      folder: folder.path,
      placement: place,
      environment: environment(work, place),
      startedAt: new Date(),
      guard,
      startChild: (name, file, cpu, options) => new Child(name, fileURLToPath(file), guard, cpu, options),
      startProgram: (name, args, options) => new Program(name, args, guard, options),
      atEnd: (undo) => undone.defer(undo),
      progress,
      checkStopped: () => signal.throwIfAborted(),
    };
    signal.throwIfAborted();
    return await Promise.race([use(session), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The part of memory and disk that a lab's file may take. */
const SHARE = 0.5;

/**
 * Cuts a file's size to half of what memory (MemAvailable, the cgroup's limit) and disk allow: a larger one would not stay
 * in memory and would answer another question.
 * @returns bytes, a multiple of 64 KiB where it was cut
 */
export function affordable(bytes: number, work: WorkFolder): number {
  const memory = Math.min(
    meminfo('MemAvailable') || Number.POSITIVE_INFINITY,
    cgroupLimits().memoryMaxBytes ?? Number.POSITIVE_INFINITY,
  );
  const most = Math.min(memory, work.freeBytes) * SHARE;
  return bytes <= most ? bytes : Math.max(65_536, Math.floor(most / 65_536) * 65_536);
}
