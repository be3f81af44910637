/** Where a run keeps its files: a folder of its own inside the work folder, gone when the run ends. */
import { randomBytes } from 'node:crypto';
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Descriptor, flock, LOCK_EX, LOCK_NB, open, statfs } from '#libc';

/** File systems whose pages cannot be evicted, or which are somebody else's: cold variants cannot run on them. */
export const unsuited: ReadonlySet<string> = new Set(['tmpfs', '9p', 'virtiofs', 'nfs', 'fuse']);

/** A work folder that cannot be used: exit code 3. */
export class NoWorkFolder extends Error {
  override name = 'NoWorkFolder';
}

export interface WorkFolder {
  readonly path: string;
  readonly fileSystem: string;
  readonly freeBytes: number;
  /** False on tmpfs and file systems from elsewhere. */
  readonly suited: boolean;
}

const clone = fileURLToPath(new URL('../../', import.meta.url));

/** Folders in the order of preference: asked for, or the first two that the user set up, or the clone's own. */
function candidates(asked: string | undefined): string[] {
  const explicit = asked ?? process.env.ZC_WORK;
  return explicit ? [resolve(explicit)] : ownFolders();
}

function ownFolders(): string[] {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return [join(cache, 'zero-copy-measured'), join(clone, '.work')];
}

/** A folder for what is kept between runs, whatever --work and ZC_WORK say: nothing of a run may stay there. */
export function lastingFolder(): string {
  return chooseFrom(ownFolders(), 0).path;
}

/**
 * Chooses the work folder: the first that can be written, has `neededBytes` free and holds a file system on which pages
 * can be evicted; otherwise the best of them.
 *
 * @param asked folder from --work; ZC_WORK comes next
 * @throws {NoWorkFolder} with what was tried and why each failed
 */
export function chooseWorkFolder(asked: string | undefined, neededBytes: number): WorkFolder {
  return chooseFrom(candidates(asked), neededBytes);
}

function chooseFrom(paths: readonly string[], neededBytes: number): WorkFolder {
  const refused: string[] = [];
  const usable: WorkFolder[] = [];
  for (const path of paths) {
    const folder = tryFolder(path, neededBytes);
    if (typeof folder === 'string') refused.push(folder);
    else usable.push(folder);
  }
  const best = usable.find((folder) => folder.suited) ?? usable[0];
  if (best) return best;
  throw new NoWorkFolder(
    `Cannot use a work folder: ${refused.join('; ')}. Name one that can be written and has ${mebibytes(neededBytes)} free with --work FOLDER`,
  );
}

function tryFolder(path: string, neededBytes: number): WorkFolder | string {
  try {
    mkdirSync(path, { recursive: true });
    tryWriting(path);
    const { fileSystem, freeBytes } = statfs(path);
    if (freeBytes < neededBytes)
      return `'${path}' has ${mebibytes(freeBytes)} free, ${mebibytes(neededBytes)} are needed`;
    return { path, fileSystem, freeBytes, suited: !unsuited.has(fileSystem) };
  } catch (error) {
    return `'${path}' cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`;
  }
}

/** Flag of open(2): a file without a name, of which nothing is left when this process ends, however it does. */
const O_TMPFILE = 0o20000000 | (constants.O_DIRECTORY ?? 0);

/** Makes a file in a folder and removes it; by a folder in it where the file system has no O_TMPFILE. @throws when it cannot */
function tryWriting(path: string): void {
  try {
    closeSync(openSync(path, O_TMPFILE | constants.O_RDWR, 0o600));
  } catch (error) {
    if (!['EOPNOTSUPP', 'ENOTSUP', 'EISDIR', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    rmSync(mkdtempSync(join(path, 'run-probe-')), { recursive: true });
  }
}

/** A run's own folder, and the lock that says it is in use. */
export interface RunFolder {
  readonly path: string;
  readonly lock: Descriptor;
}

/**
 * Removes what earlier runs left behind (both they and their guard were killed) and makes a new run folder.
 * @param watch told the path before there is anything at it, so that no moment is left in which nobody would remove it
 */
export function makeRunFolder(work: Pick<WorkFolder, 'path'>, watch: (path: string) => void = () => {}): RunFolder {
  sweep(work.path);
  const path = join(work.path, `run-${process.pid}-${randomBytes(4).toString('hex')}`);
  watch(path);
  mkdirSync(path);
  const lock = open(path);
  flock(lock.fd, LOCK_EX | LOCK_NB);
  return { path, lock };
}

/** A run holds flock(2) on its folder for as long as it lives, so a folder that can be locked is nobody's. */
function sweep(work: string): void {
  for (const name of readdirSync(work)) {
    if (!name.startsWith('run-')) continue;
    const path = join(work, name);
    try {
      using folder = open(path);
      if (flock(folder.fd, LOCK_EX | LOCK_NB)) rmSync(path, { recursive: true, force: true });
    } catch {
      // Gone meanwhile, or somebody else's: not ours to remove.
    }
  }
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
