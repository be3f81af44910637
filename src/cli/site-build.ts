import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { clone, dist } from './places.ts';

/** What the pages are made from. */
const sources = ['astro.config.mjs', 'package-lock.json', 'content', 'labs', 'src/model', 'src/site'];

/** Builds the site into dist, unless it is there and newer than everything it is made from. Nothing is measured. */
export async function buildSite(): Promise<void> {
  const built = join(dist, 'index.html');
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources.map((path) => newest(join(clone, path)))))
    return;
  const astro = join(clone, 'node_modules/astro/bin/astro.mjs');
  if (!existsSync(astro)) {
    if (existsSync(built)) return;
    throw new CannotRunHere('no-site-tools');
  }
  process.stderr.write('Building the site …\n');
  const build = spawn(process.execPath, [astro, 'build', '--silent'], {
    cwd: clone,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  let errors = '';
  build.stderr.on('data', (text) => {
    errors += text;
  });
  const [code] = (await once(build, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`Cannot build the site: astro ended with ${code}\n${errors}`);
}

/** Time of the latest change at or below a path, ms. */
function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  const below = statSync(path).isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(mtimeMs, ...below);
}
