/** The site as it is built. The checks stand in checks/, each tried on the mistake it is there for. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { tagsOf, textOf } from './checks/html.ts';
import { checkLinks, type Site } from './checks/links.ts';
import { checkFigures, checkHeadings, checkInline, checkReadable, checkThirdParty } from './checks/page.ts';
import { weigh } from './checks/weight.ts';

const KB = 1000;
/** Inline scripts by how they begin: the theme before the first paint, and Starlight's place in its sidebar. */
const inlineScripts = [/^\(\(\) => \{\s*const root = document\.documentElement/, /sl-sidebar|SidebarRestore|sidebar/i];
const extra: string[] = [];
const dist = inject('dist');
const site = readSite(dist);
const pages = [...site].filter((entry): entry is [string, string] => entry[1] !== null);

afterAll(() => {
  for (const folder of extra) rmSync(folder, { recursive: true, force: true });
});

test('has the pages that stand at an address for good', () => {
  const expected = [
    'what-is-zero-copy',
    'first-lab',
    'sendfile',
    'mmap',
    'verdicts',
    'method',
    'labs',
    'labs/file-to-socket',
    'labs/shared-pages',
    'search',
  ];
  expect([...site.keys()]).toEqual(
    expect.arrayContaining(['index.html', '404.html', ...expected.map((page) => `${page}/index.html`)]),
  );
});

test('every internal link and anchor leads somewhere', () => {
  expect(checkLinks(site)).toEqual([]);
});

describe.each(pages)('%s', (_, html) => {
  test('has one h1 and skips no level', () => expect(checkHeadings(html)).toEqual([]));
  test('has figures with title, text twin and table twin', () => expect(checkFigures(html)).toEqual([]));
  test('needs no script to be read', () => expect(checkReadable(html)).toEqual([]));
  test('loads nothing from elsewhere', () => expect(checkThirdParty(html)).toEqual([]));
  test('has no inline style and no unknown inline script', () => expect(checkInline(html, inlineScripts)).toEqual([]));
  test('says what it is about', () => {
    const description =
      tagsOf(html).find(({ attributes }) => attributes.name === 'description')?.attributes.content ?? '';
    expect(description.length).toBeGreaterThan(20);
  });
  test('is light', () => {
    const weight = weigh(html, (path) => readFileSync(join(dist, path), 'utf8'));
    expect(weight.scriptBytes, 'script').toBeLessThanOrEqual(12 * KB);
    expect(weight.styleBytes, 'style').toBeLessThanOrEqual(16 * KB);
    expect(weight.htmlBytes, 'HTML').toBeLessThanOrEqual(60 * KB);
  });
});

test('styles load nothing from elsewhere', () => {
  const styles = [...site.keys()].filter((file) => file.endsWith('.css'));
  expect(styles.length).toBeGreaterThan(0);
  for (const file of styles)
    expect(readFileSync(join(dist, file), 'utf8'), file).not.toMatch(/(url\(|@import)\s*["']?(https?:)?\/\//);
});

test('every committed result is there byte for byte, and linked', () => {
  const results = readdirSync('labs/results', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  for (const file of results) {
    expect(readFileSync(join(dist, 'results', file), 'utf8')).toBe(readFileSync(join('labs/results', file), 'utf8'));
    expect(site.get('method/index.html')).toContain(`/results/${file}"`);
  }
});

test('no page says that something was not recorded or written once results exist', () => {
  for (const [file, html] of pages) expect(textOf(html), file).not.toMatch(/not recorded yet|not written yet/i);
});

test('two builds give the same bytes', () => {
  const other = build({});
  const files = [...readSite(other).keys()];
  expect(files).toEqual([...site.keys()]);
  const different = files.filter((file) => !readFileSync(join(other, file)).equals(readFileSync(join(dist, file))));
  expect(different).toEqual([]);
});

test('lives under a folder: every link resolves there', () => {
  expect(checkLinks(readSite(build({ SITE_BASE: '/zc/' })), '/zc/')).toEqual([]);
});

test('builds without any result, and says so', () => {
  const empty = readSite(build({ SITE_RESULTS: '.work/no-such-folder', SITE_CATALOGUE: '.work/no-such-file.json' }));
  expect(textOf(empty.get('labs/file-to-socket/index.html') ?? '')).toContain('Not recorded yet');
  expect(checkLinks(empty)).toEqual([]);
});

/** Vitest puts Vite's own names into the environment of its workers; a build that inherits them takes them for settings. */
const { BASE_URL: _, MODE: __, DEV: ___, PROD: ____, SSR: _____, ...inherited } = process.env;

function build(environment: Record<string, string>): string {
  mkdirSync('.work', { recursive: true });
  const folder = mkdtempSync('.work/built-again-');
  extra.push(folder);
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
  return join(folder, 'dist');
}

function readSite(folder: string): Site {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  return new Map(paths.map((path) => [path, path.endsWith('.html') ? readFileSync(join(folder, path), 'utf8') : null]));
}
