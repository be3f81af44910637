/**
 * Builds the site once for the tiers that test the build, into a folder of its own, so that a `dist` somebody serves is
 * left alone. Tests read where it is with `inject('dist')`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the built site. */
    dist: string;
  }
}

/** Vitest calls the set-up once a project and loads this module anew each time: globalThis remembers what was built. */
const remembered = globalThis as typeof globalThis & { builtSite?: string };

export default function builtSite(project: TestProject): () => void {
  remembered.builtSite ??= build(project.config.root);
  const place = remembered.builtSite;
  project.provide('dist', join(place, 'dist'));
  return () => rmSync(place, { recursive: true, force: true });
}

/**
 * Builds into `dist` of a new folder, which it returns. The folder is inside the clone: what Astro renders with is loaded
 * from there and finds its packages. The cache beside `dist` keeps this build apart from one that goes on meanwhile.
 */
function build(root: string): string {
  const work = join(root, '.work');
  mkdirSync(work, { recursive: true });
  const place = mkdtempSync(join(work, 'built-site-'));
  const done = spawnSync(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ASTRO_TELEMETRY_DISABLED: '1',
      SITE_OUT: join(place, 'dist'),
      SITE_CACHE: join(place, 'cache'),
    },
  });
  if (done.status !== 0) {
    // An error thrown here would end the other tiers too. Without a site its tests fail; the exit code is for those that do not.
    const ended = done.status ?? done.signal;
    console.error(`Cannot build the site: 'astro build' ended with ${ended}\n${done.stdout}${done.stderr}`);
    rmSync(join(place, 'dist'), { recursive: true, force: true });
    process.exitCode = 1;
  }
  return place;
}
