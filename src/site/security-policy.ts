/** The Content-Security-Policy of each page: its own files, and those inline scripts that it was built with. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Writes the policy into every page after the build, when all inline scripts are known. */
export function securityPolicy(): AstroIntegration {
  return {
    name: 'zc-security-policy',
    hooks: {
      'astro:build:done': ({ dir, logger }) => {
        const site = fileURLToPath(dir);
        const pages = globSync('**/*.html', { cwd: site }).map((file) => join(site, file));
        for (const page of pages) writeFileSync(page, withPolicy(readFileSync(page, 'utf8')));
        logger.info(`a policy on each of ${pages.length} pages`);
      },
    },
  };
}

/** Before this a policy would come too late for nothing: a page says first how its bytes are to be read. */
const CHARSET = /<meta charset="?utf-8"?\s*\/?>/i;

/** @throws {Error} when the page does not say its character set, after which the policy has to stand */
export function withPolicy(html: string): string {
  if (!CHARSET.test(html)) throw new Error('Cannot place a Content-Security-Policy: expected <meta charset="utf-8">');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policyOf(html)}">`;
  return html.replace(CHARSET, (charset) => charset + meta);
}

/** The policy that a page needs. `frame-ancestors` is ignored in a meta tag: the local server sends it as a header. */
export function policyOf(html: string): string {
  const hashes = inlineScriptsOf(html).map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`);
  const directives: readonly (readonly [name: string, ...values: string[]])[] = [
    ['default-src', "'none'"],
    // The search is WebAssembly.
    ['script-src', "'self'", "'wasm-unsafe-eval'", ...new Set(hashes)],
    ['style-src', "'self'"],
    // The colours of code stand in style attributes, which can set no address to load.
    ['style-src-attr', "'unsafe-inline'"],
    ['img-src', "'self'", 'data:'],
    ['font-src', "'self'"],
    ['connect-src', "'self'"],
    ['worker-src', "'self'"],
    ['form-action', "'self'"],
    ['base-uri', "'none'"],
  ];
  return directives.map((words) => words.join(' ')).join('; ');
}

/** What a browser would run: bodies of scripts without an address that are no data. */
function inlineScriptsOf(html: string): string[] {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
    .filter(([, attributes = '']) => !/\ssrc=/.test(attributes) && !/\stype="?application\//.test(attributes))
    .flatMap(([, , body = '']) => (body === '' ? [] : [body]));
}
