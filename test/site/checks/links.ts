/** Whether every internal link of a built site leads somewhere, anchors included, under the folder it lives in. */
import { tagsOf } from './html.ts';

/** A built site: files by path from its root (`sendfile/index.html`), HTML as text, anything else as null. */
export type Site = ReadonlyMap<string, string | null>;

/** @param base folder the site lives under, `/` or `/zc/` */
export function checkLinks(site: Site, base = '/'): string[] {
  const ids = new Map<string, Set<string>>();
  const idsOf = (file: string) => {
    if (!ids.has(file))
      ids.set(file, new Set(tagsOf(site.get(file) ?? '').flatMap(({ attributes }) => attributes.id ?? [])));
    return ids.get(file)!;
  };
  const problems: string[] = [];
  for (const [file, html] of site) {
    if (html === null) continue;
    const here = new URL(base + file.replace(/index\.html$/, ''), 'http://site.test');
    for (const { name, attributes, end } of tagsOf(html)) {
      const link = attributes.href ?? attributes.src;
      if (end || link === undefined || name === 'base') continue;
      const target = new URL(link, here);
      if (target.origin !== here.origin || !/^https?:/.test(target.protocol)) continue;
      const found = fileAt(site, target.pathname, base);
      if (!found) problems.push(`${file}: ${link} leads nowhere`);
      else if (target.hash && !idsOf(found).has(decodeURIComponent(target.hash.slice(1))))
        problems.push(`${file}: ${link} has no such anchor`);
    }
  }
  return problems;
}

function fileAt(site: Site, path: string, base: string): string | undefined {
  if (!path.startsWith(base)) return undefined;
  const inside = decodeURIComponent(path.slice(base.length));
  return [inside, `${inside}index.html`].find((file) => site.has(file));
}
