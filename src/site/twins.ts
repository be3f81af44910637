/** For readers that are programs: beside each page its content as Markdown, and llms.txt, which lists them. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { type Element, findElement, hasClass, parseHtml, textIn } from './markdown/element.ts';
import { markdownOf } from './markdown/from-html.ts';
import { sidebar } from './sidebar.ts';
import { hasTwin, twinPath } from './twin-path.ts';

/** A page as it is listed. */
export interface Listed {
  /** Address below the site's root: `/sendfile/`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
}

/** @param base folder the site lives under. @param site public address, without which links begin at the root */
export function twins(base: string, site: string | undefined): AstroIntegration {
  return {
    name: 'zc-twins',
    hooks: {
      'astro:build:done': ({ dir, logger }) => {
        const out = fileURLToPath(dir);
        const folder = base.replace(/\/$/, '');
        const root = `${site?.replace(/\/$/, '') ?? ''}${folder}`;
        const pages = globSync('**/index.html', { cwd: out }).sort();
        const listed = pages.flatMap((file) => {
          const path = `/${file.replace(/index\.html$/, '')}`;
          if (!hasTwin(path)) return [];
          const { page, text } = twinOf(readFileSync(join(out, file), 'utf8'), path, { folder, site });
          const target = join(out, twinPath(path));
          mkdirSync(dirname(target), { recursive: true });
          writeFileSync(target, text);
          return [page];
        });
        writeFileSync(join(out, 'llms.txt'), llmsText(listed, root));
        logger.info(`${listed.length} pages as Markdown`);
      },
    },
  };
}

/** Where the site lives: a folder without a slash at its end, and its public address. */
export interface Home {
  readonly folder: string;
  readonly site: string | undefined;
}

/** A page's twin. @throws {Error} when it has no main part: a twin must not silently be empty */
export function twinOf(html: string, path: string, home: Home): { page: Listed; text: string } {
  const tree = parseHtml(html);
  const main = findElement(tree, ({ name }) => name === 'main');
  if (!main) throw new Error(`Cannot write the twin of '${path}': expected <main>, found none`);
  const description =
    findElement(tree, ({ attributes }) => attributes.name === 'description')?.attributes.content ?? '';
  const title = findElement(main, ({ name }) => name === 'h1') ?? main;
  // The kicker above the title is a sign for the eye.
  const text = markdownOf(withoutKicker(main), (href) => absolute(href, path, home));
  return { page: { path, title: textIn(title).replace(/\s+/g, ' ').trim(), description }, text };
}

function withoutKicker(element: Element): Element {
  const kept = element.children.filter((child) => typeof child === 'string' || !hasClass(child, 'zc-kicker'));
  return { ...element, children: kept.map((child) => (typeof child === 'string' ? child : withoutKicker(child))) };
}

/** An anchor of the page itself needs its page; addresses become whole where the site has one. */
function absolute(href: string, path: string, { folder, site }: Home): string {
  if (/^[a-z][a-z+.-]*:/i.test(href)) return href;
  const whole = href.startsWith('#') ? folder + path + href : href;
  return site ? new URL(whole, site).href : whole;
}

/** https://llmstxt.org: title, summary, then links in groups, those of the sidebar first and in its order. */
export function llmsText(pages: readonly Listed[], root: string): string {
  const grouped = sidebar.map(({ label, items }) => ({ label, paths: items.map((item) => `/${item}/`) }));
  const known = new Set(grouped.flatMap(({ paths }) => paths));
  const rest = (label: string, begins: string) => ({
    label,
    paths: pages.map(({ path }) => path).filter((path) => path.startsWith(begins) && !known.has(path)),
  });
  const groups = [...grouped, rest('Labs', '/labs/'), rest('Exercises', '/exercises/'), rest('Claims', '/verdicts/')];
  const sections = groups.map(({ label, paths }) => {
    const lines = paths
      .flatMap((path) => pages.find((page) => page.path === path) ?? [])
      .map((page) => line(page, root));
    return `## ${label}\n\n${lines.join('\n')}`;
  });
  const home = pages.find(({ path }) => path === '/');
  return `# Zero Copy, Measured\n\n> ${home?.description ?? ''}\n\n${sections.join('\n\n')}\n`;
}

function line({ path, title, description }: Listed, root: string): string {
  return `- [${title}](${root}/${twinPath(path)}): ${description}`;
}
