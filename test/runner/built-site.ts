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
  const dist = remembered.builtSite;
  project.provide('dist', dist);
  return () => rmSync(dist, { recursive: true, force: true });
}

/** Inside the clone: what Astro renders with is loaded from the output folder and finds its packages from there. */
function build(root: string): string {
  const work = join(root, '.work');
  mkdirSync(work, { recursive: true });
  const dist = mkdtempSync(join(work, 'built-site-'));
  const done = spawnSync(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build', '--outDir', dist], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  if (done.status !== 0) {
    rmSync(dist, { recursive: true, force: true });
    throw new Error(
      `Cannot build the site: 'astro build' ended with ${done.status ?? done.signal}\n${done.stdout}${done.stderr}`,
    );
  }
  return dist;
}
