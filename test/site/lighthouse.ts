/**
 * Lighthouse over four pages of the built site, five times each, and what it said into lighthouse.json: by hand, on a machine
 * that does nothing else, with `npm run build` before it. Lighthouse comes by npx and is no part of the project.
 *
 *     ./zc exec node test/site/lighthouse.ts MACHINE          five minutes
 *     ./zc exec node test/site/lighthouse.ts MACHINE /some/page/ …          only these, and nothing is recorded
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type LighthouseRun, lighthouseSchema } from './lighthouse-record.ts';

const PACKAGE = 'lighthouse@13.5.0';
const RUNS = 5;
const recorded = ['/', '/sendfile/', '/labs/file-to-socket/', '/verdicts/'];
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** What Lighthouse writes, as far as it is kept. */
interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number }>>;
  readonly audits: Readonly<Record<string, { readonly score: number | null; readonly numericValue?: number }>>;
  readonly environment: { readonly hostUserAgent: string };
}

const [machine, ...asked] = process.argv.slice(2);
if (!machine) throw new Error('Expected the name of this machine, such as reference-vm');
const dist = process.env.SITE_OUT || 'dist';
const server = createServer(({ url = '/' }, response) => {
  const path = decodeURIComponent(new URL(url, 'http://site.test').pathname);
  const file = join(dist, path.endsWith('/') ? `${path}index.html` : path);
  if (!existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-encoding': 'gzip',
  });
  response.end(gzipSync(readFileSync(file)));
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

let browser = '';
const pages: { path: string; runs: LighthouseRun[] }[] = [];
for (const path of asked.length > 0 ? asked : recorded) {
  const runs: LighthouseRun[] = [];
  for (let run = 0; run < RUNS; run++) {
    const report = await visit(address + path);
    browser = report.environment.hostUserAgent.match(/Chrome\/[\d.]+/)?.[0] ?? '';
    const scores = kept(report);
    runs.push(scores);
    const { performance, accessibility, bestPractices, seo, layoutShift } = scores;
    console.error(`${path}: ${performance} ${accessibility} ${bestPractices} ${seo}, layout shift ${layoutShift}`);
  }
  pages.push({ path, runs });
}
server.close();
if (asked.length > 0) process.exit();
const record = { lighthouse: PACKAGE, browser, machine, date: new Date().toISOString().slice(0, 10), pages };
writeFileSync(
  new URL('lighthouse.json', import.meta.url),
  `${JSON.stringify(lighthouseSchema.parse(record), null, 1)}\n`,
);

/** One visit as Lighthouse's mobile preset makes it. */
async function visit(url: string): Promise<Report> {
  const flags = '--chrome-flags=--headless=new --no-sandbox --disable-gpu';
  const only = '--only-categories=performance,accessibility,best-practices,seo';
  // Lighthouse wants a newer Node than a system may have: the pinned one comes first on the path.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
  const args = ['--yes', PACKAGE, url, '--output=json', '--quiet', flags, only];
  const { stdout } = await promisify(execFile)('npx', args, { env, cwd: tmpdir(), maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
}

function kept({ categories, audits }: Report): LighthouseRun {
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const ms = (audit: string) => Math.round(audits[audit]?.numericValue ?? Number.NaN);
  const lost = Object.entries(audits).filter(([, { score }]) => score !== null && score < 1);
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
    largestPaintMs: ms('largest-contentful-paint'),
    blockingMs: ms('total-blocking-time'),
    layoutShift: audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
    lost: lost.map(([id]) => id),
  };
}
