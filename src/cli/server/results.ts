/** The reader's result files, for the pages of the local site. Nothing here writes. */
import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** Names that the result store gives: no other one is looked for, so none can lead out of the folder. */
const LAB = /^[a-z][a-z0-9-]{0,63}$/;
const FILE = /^[A-Za-z0-9][\w.:+-]{0,199}\.json$/;

export interface ResultEntry {
  readonly lab: string;
  /** Begins with the time the run began, in UTC. */
  readonly file: string;
  /** Where the server has it. */
  readonly path: string;
}

export interface ResultList {
  readonly schemaVersion: 1;
  /** Newest first. */
  readonly results: readonly ResultEntry[];
}

/** Lists what the reader has; nothing, when no lab has been run. */
export async function listResults(folder: string): Promise<ResultList> {
  const labs = await names(folder, 'folder', LAB);
  const results = await Promise.all(
    labs.map(async (lab) =>
      (await names(join(folder, lab), 'file', FILE)).map((file) => ({
        lab,
        file,
        path: `/api/results/${lab}/${file}`,
      })),
    ),
  );
  return { schemaVersion: 1, results: results.flat().sort((a, b) => compare(b.file, a.file) || compare(a.lab, b.lab)) };
}

/** The bytes of one result file; null when there is none of that name, or it is not a plain file in its place. */
export async function readResult(folder: string, lab: string, file: string): Promise<Buffer | null> {
  if (!LAB.test(lab) || !FILE.test(file)) return null;
  try {
    // A link in the place of the lab's folder or of the file could lead anywhere.
    const place = join(await realpath(folder), lab);
    if ((await realpath(place)) !== place) return null;
    await using opened = await open(
      join(place, file),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    return (await opened.stat()).isFile() ? await opened.readFile() : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR' || code === 'EACCES') return null;
    throw error;
  }
}

async function names(folder: string, kind: 'file' | 'folder', pattern: RegExp): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => (kind === 'file' ? entry.isFile() : entry.isDirectory()) && pattern.test(entry.name))
    .map((entry) => entry.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
