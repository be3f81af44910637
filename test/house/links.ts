/** Links of the project's prose to its own files and headings. Links between pages of the site are tested on the build. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Relative links of Markdown and MDX files that lead nowhere, one sentence each. */
export function brokenLinks(root: string, files: readonly string[]): readonly string[] {
  return files
    .filter((file) => /\.mdx?$/.test(file))
    .flatMap((file) => linksOf(readFileSync(join(root, file), 'utf8')).flatMap((link) => whyBroken(root, file, link)));
}

function whyBroken(root: string, file: string, link: string): readonly string[] {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : normalize(join(dirname(file), decodeURI(path)));
  if (target.startsWith('..')) return [`${file} links to ${link}: that is outside of the project`];
  if (!existsSync(join(root, target))) return [`${file} links to ${link}: there is no ${target}`];
  if (!anchor || !target.endsWith('.md')) return [];
  const headings = headingsOf(readFileSync(join(root, target), 'utf8'));
  return headings.includes(anchor) ? [] : [`${file} links to ${link}: ${target} has no such heading`];
}

/** Targets of links and images that are neither an address nor a path of the site. */
function linksOf(text: string): readonly string[] {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+["'][^)]*)?\)/g)];
  const named = [...prose.matchAll(/^\[[^\]]+\]:\s*<?([^\s>]+)/gm)];
  const html = [...prose.matchAll(/\s(?:href|src)="([^"]+)"/g)];
  return [...inline, ...named, ...html]
    .map((found) => found[1] ?? '')
    .filter((target) => !/^([a-z][a-z+.-]*:|\/)/i.test(target) && target !== '');
}

/** Anchors that GitHub gives to the headings. */
function headingsOf(text: string): readonly string[] {
  return [...text.replace(/^(```+|~~~+).*?^\1/gms, '').matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)].map((found) =>
    (found[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^(```+|~~~+).*?^\1/gms, '').replace(/(`+)[^`].*?\1/g, '');
}
