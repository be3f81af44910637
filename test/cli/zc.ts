/** Runs the real ./zc with folders of its own, so that a test neither sees nor touches the user's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const clone = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place extends Disposable {
  /** Home, cache, state, work folder and lock are below it. */
  readonly folder: string;
  readonly work: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A temporary home; its path has a space in it, because a user's may. */
export function place(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'zc home '));
  const { FORCE_COLOR: _, ...inherited } = process.env;
  return {
    folder,
    work: join(folder, 'work'),
    env: {
      ...inherited,
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      XDG_STATE_HOME: join(folder, 'state'),
      ZC_WORK: join(folder, 'work'),
      ZC_LOCK: join(folder, 'lock'),
      ZC_LOCK_HELD: '',
      NO_COLOR: '1',
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A home of the test's own, and the kernels of the user's cache: they were fetched there. */
export function guestPlace(): Place {
  const home = place();
  const { XDG_CACHE_HOME: _, ...env } = home.env;
  const { XDG_CACHE_HOME: cache, HOME: user } = process.env;
  return { ...home, env: { ...env, XDG_CACHE_HOME: cache || join(user ?? '/', '.cache') } };
}

/** Starts ./zc and leaves it running. */
export function startZc(args: readonly string[], { env }: Place, cwd = clone): ChildProcess {
  return spawn(join(clone, 'zc'), args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs ./zc to its end. */
export async function zc(args: readonly string[], where: Place, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return await ended(startZc(args, { ...where, env: { ...where.env, ...env } }));
}

/** What a process printed, and its exit code. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text) => {
    stdout += text;
  });
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
