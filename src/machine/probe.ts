import { type SpawnSyncReturns, spawnSync } from 'node:child_process';

/** How long a program may take to say what it is, milliseconds. */
const MOST_MS = 20_000;

/**
 * Asks a program something in passing, and waits for it. Ctrl-C reaches a program in the foreground too, and what it could
 * not say then would be taken for what it says: so one that a signal ended is asked once more.
 *
 * @param name a path, or the name of a program on the path; `error.code` of what is returned is ENOENT without it
 */
export function probe(name: string, args: readonly string[], timeout = MOST_MS): SpawnSyncReturns<string> {
  // A program that is given up gets TERM, which strace passes on.
  const ask = () => spawnSync(name, args, { encoding: 'utf8', timeout, killSignal: 'SIGTERM', stdio: 'pipe' });
  const said = ask();
  return said.signal !== null && !said.error ? ask() : said;
}
