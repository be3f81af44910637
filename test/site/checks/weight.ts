/** What a page weighs when it loads, compressed: every script and style that its HTML names, with what they import. */
import { gzipSync } from 'node:zlib';
import { inlineScriptsOf, tagsOf } from './html.ts';

export interface Weight {
  readonly scriptBytes: number;
  readonly styleBytes: number;
  readonly htmlBytes: number;
}

/**
 * @param read a file of the site by its path from the root, as text
 * @param later which of the scripts that are imported when they are asked for count too, by their path; none without it
 */
export function weigh(
  html: string,
  read: (path: string) => string,
  later: (path: string) => boolean = () => false,
): Weight {
  const tags = tagsOf(html).filter(({ end }) => !end);
  const scripts = tags
    .filter(({ name, attributes }) => name === 'script' && attributes.src)
    .map(({ attributes }) => attributes.src!);
  const preloads = tags
    .filter(({ attributes }) => attributes.rel === 'modulepreload')
    .map(({ attributes }) => attributes.href!);
  const styles = tags.filter(({ attributes }) => attributes.rel === 'stylesheet' && attributes.media !== 'print');
  const loaded = withImports([...scripts, ...preloads], read, later);
  return {
    scriptBytes: sum([...[...loaded].map(read), ...inlineScriptsOf(html)]),
    styleBytes: sum([...new Set(styles.map(({ attributes }) => attributes.href!))].map(read)),
    htmlBytes: sum([html]),
  };
}

/** With what each imports: a dynamic import is loaded when it is asked for, and counts where `later` says so. */
function withImports(
  paths: readonly string[],
  read: (path: string) => string,
  later: (path: string) => boolean,
): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = read(path);
    const found = (pattern: RegExp) =>
      [...text.matchAll(pattern)].map(([, from]) => new URL(from!, `http://x${path}`).pathname);
    for (const one of found(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+)["'`]/g)) visit(one);
    for (const one of found(/\bimport\(\s*["'`](\.[^"'`]+)["'`]\s*\)/g).filter(later)) visit(one);
  };
  for (const path of paths) visit(path);
  return seen;
}

const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + gzipSync(text, { level: 9 }).length, 0);
