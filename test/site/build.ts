/** Builds of the site beside the one that all tests share, with other content, results or settings. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Site } from './checks/links.ts';

/** Vitest puts Vite's own names into the environment of its workers; a build that inherits them takes them for settings. */
const { BASE_URL: _, MODE: __, DEV: ___, PROD: ____, SSR: _____, ...inherited } = process.env;

/** Builds into `dist` of a new folder in .work, which the caller removes. @returns the folder */
export function buildSite(environment: Record<string, string>): string {
  mkdirSync('.work', { recursive: true });
  const folder = mkdtempSync('.work/built-again-');
  const done = spawnSync(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build'], {
    encoding: 'utf8',
    env: {
      ...inherited,
      ASTRO_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      SITE_OUT: join(folder, 'dist'),
      SITE_CACHE: join(folder, 'cache'),
      ...environment,
    },
  });
  expect(done.status, done.stdout + done.stderr).toBe(0);
  return folder;
}

/** Every file of a built site by its path, pages with their text. */
export function readSite(folder: string): Site {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  return new Map(paths.map((path) => [path, path.endsWith('.html') ? readFileSync(join(folder, path), 'utf8') : null]));
}
