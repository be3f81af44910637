/** Where progress and snapshots are kept: the user's state folder, so that cleaning the clone loses nothing. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface StateFolder {
  readonly path: string;
  /** Why it is not in the user's state folder; null when it is. */
  readonly instead: string | null;
}

/** Nothing can be kept anywhere: exit code 3. */
export class NoStateFolder extends Error {
  override name = 'NoStateFolder';
}

/**
 * $XDG_STATE_HOME/zero-copy-measured/learn, ~/.local/state without it; where that cannot be written, `.state` in `spare`.
 * @throws {NoStateFolder}
 */
export function stateFolder(spare: string): StateFolder {
  const state = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const own = join(state, 'zero-copy-measured', 'learn');
  const refused = refusal(own);
  if (refused === null) return { path: own, instead: null };
  const path = join(spare, '.state');
  const why = refusal(path);
  if (why === null) return { path, instead: `'${own}' cannot be written (${refused})` };
  throw new NoStateFolder(
    `Cannot keep what is checked: neither '${own}' (${refused}) nor '${path}' (${why}) can be written. Set XDG_STATE_HOME to a folder that can`,
  );
}

/** Tries to write; null when it works, else the reason. */
function refusal(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    rmSync(mkdtempSync(join(folder, '.probe-')), { recursive: true });
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}
