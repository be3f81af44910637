import { chmodSync, existsSync, ftruncateSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Descriptor, flock, LOCK_EX, LOCK_NB, O_CREAT, O_RDWR, open, SyscallError } from '#libc';

/** One file for every user and every tool of a machine; `flock -o` can hold it too. */
export const lockPath: string = process.env.ZC_LOCK || '/tmp/zero-copy-measured.lock';

/** How often a waiting run looks again, milliseconds. */
const LOOK_AGAIN_MS = 200;

/**
 * Waits until no other timed run is going on, and holds the machine's measuring lock (flock(2)) from then on.
 *
 * @param what this run, for the sentence that a waiting run prints
 * @param onWait told once, with what the holder wrote into the file
 * @param signal ends the waiting
 * @returns the lock; null when an outer command holds it already and said so with ZC_LOCK_HELD=1
 */
export async function holdMachine(
  what: string,
  onWait: (holder: string) => void,
  signal?: AbortSignal,
): Promise<Descriptor | null> {
  if (process.env.ZC_LOCK_HELD === '1') return null;
  const file = openLock();
  let told = false;
  while (!flock(file.fd, LOCK_EX | LOCK_NB)) {
    if (!told) onWait(holder());
    told = true;
    await wait(LOOK_AGAIN_MS, undefined, { signal });
  }
  try {
    ftruncateSync(file.fd, 0);
    writeSync(file.fd, `${what}, process ${process.pid}\n`, 0);
  } catch {
    // Locked all the same; only the sentence for others is missing.
  }
  return file;
}

/** What the holder wrote; `flock -o` writes nothing, so a process that has ended is not the holder any more. */
function holder(): string {
  const text = readFileSync(lockPath, 'utf8').trim();
  const pid = /process (\d+)$/.exec(text)?.[1];
  return pid !== undefined && existsSync(`/proc/${pid}`) ? text : 'another command';
}

/**
 * Opens the lock file, first without creating it: in a sticky folder even an allowed user may not open another's file
 * with O_CREAT (fs.protected_regular, proc(5)).
 */
function openLock(): Descriptor {
  try {
    return open(lockPath, O_RDWR);
  } catch (error) {
    if (!(error instanceof SyscallError) || error.code !== 'ENOENT') return open(lockPath);
  }
  const file = open(lockPath, O_RDWR | O_CREAT, 0o666);
  try {
    chmodSync(lockPath, 0o666);
  } catch {
    // Created by somebody else meanwhile.
  }
  return file;
}
