/** Code that Node compiled, which ./zc keeps between runs: bounded, for Node itself never takes anything out. */
import { readdirSync, rmSync } from 'node:fs';

/** Files of one version of Node: a few times what all commands and labs together make. */
export const MOST_ENTRIES = 4000;

/**
 * Begins anew when there are more than `most`. Every version of a file has an entry, and every copy that is checked once.
 *
 * @param folder that of this version, module.getCompileCacheDir(); undefined: nothing is kept
 * @returns entries that were removed
 */
export function boundCompileCache(folder: string | undefined, most = MOST_ENTRIES): number {
  if (folder === undefined) return 0;
  try {
    const entries = readdirSync(folder).length;
    if (entries <= most) return 0;
    rmSync(folder, { recursive: true, force: true });
    return entries;
  } catch {
    // It is not there yet, or belongs to somebody else: it costs nothing but time.
    return 0;
  }
}
