/** Where attempts keep their files, and who cleans up after them. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { Guard } from '#machine/guard.ts';
import { chooseWorkFolder, makeRunFolder } from '#machine/work-folder.ts';
import type { Trial } from '#model/trial.ts';

export interface Bench {
  /** A run folder. */
  readonly folder: string;
  /** Where sparse files of more than 2 GiB are made: in memory where there is room, because reading their holes is faster. */
  readonly sparseFolder: string;
  readonly guard: Guard;
  /** Ends an attempt. */
  readonly signal?: AbortSignal;
  /** Told of what is about to be tried. */
  readonly onTrial?: (trial: Trial) => void;
}

/** Largest sparse file, and room for a program that copies it. Bytes. */
const SPARSE_BYTES = 3 * 2 ** 30;
/** Ordinary source files, one at a time. Bytes. */
const NEEDED_BYTES = 128 * 2 ** 20;
const MEMORY_FOLDER = '/dev/shm';

/** Runs `use` with a bench, and removes everything of it afterwards. @throws {NoWorkFolder} */
export async function withBench<T>(
  use: (bench: Bench) => Promise<T>,
  signal?: AbortSignal,
  onTrial?: Bench['onTrial'],
): Promise<T> {
  const work = chooseWorkFolder(undefined, NEEDED_BYTES);
  const guard = new Guard();
  try {
    const run = makeRunFolder(work, (path) => guard.watchFolder(path));
    using _lock = run.lock;
    return await use({
      folder: run.path,
      sparseFolder: memoryFolder(guard) ?? run.path,
      guard,
      ...(signal ? { signal } : {}),
      ...(onTrial ? { onTrial } : {}),
    });
  } finally {
    await guard.release();
  }
}

/** A folder of one judgement's own, which goes with it: `verify` makes many with one bench. */
export function ownFolder({ folder }: Bench): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(folder, 'own-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A folder in memory with room for a sparse file; null where there is none. */
function memoryFolder(guard: Guard): string | null {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
    if (bavail * bsize < SPARSE_BYTES || freemem() < SPARSE_BYTES) return null;
    const path = join(MEMORY_FOLDER, `run-learn-${process.pid}-${randomBytes(4).toString('hex')}`);
    guard.watchFolder(path);
    mkdirSync(path, { mode: 0o700 });
    return path;
  } catch {
    return null;
  }
}
