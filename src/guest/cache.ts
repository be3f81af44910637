/** Where the guest's parts are kept between runs. */
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { lastingFolder } from '#machine/work-folder.ts';

/** $XDG_CACHE_HOME/zero-copy-measured/guest, or below the clone where that cannot be written. @throws {NoWorkFolder} */
export function guestCache(): string {
  const path = join(lastingFolder(), 'guest');
  mkdirSync(path, { recursive: true });
  return path;
}

/** Root images that are kept: one is made anew whenever Node, a package or a program changes. */
const KEPT_IMAGES = 3;

/** Marks an image as used now and removes those that were not used for longest. */
export function keepImages(cache: string, used: string): void {
  const now = new Date();
  utimesSync(used, now, now);
  const images = readdirSync(cache)
    .filter((name) => /^root-[0-9a-f]{32}\.ext4$/.test(name))
    .map((name) => join(cache, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of images.slice(KEPT_IMAGES)) rmSync(path, { force: true });
}
