import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { at } from './address.ts';
import { cardPath } from './card-path.ts';
import { lastCommitOf } from './git.ts';
import { hasTwin, twinPath } from './twin-path.ts';

/** Starlight asks git about <srcDir>/content/docs only, so `lastUpdated` would silently be missing in builds. */
export const onRequest = defineRouteMiddleware((context) => {
  const route = context.locals.starlightRoute;
  const { filePath, data } = route.entry;
  if (data.lastUpdated === undefined && filePath) route.lastUpdated = lastCommitOf(filePath);
  const path = `/${route.id}/`.replace(/^\/+/, '/');
  if (context.site && path !== '/404/') {
    const image = new URL(at(`/${cardPath(path)}`), context.site).href;
    const about = { image, 'image:width': '1200', 'image:height': '630', 'image:alt': data.title };
    for (const [name, content] of Object.entries(about)) {
      route.head.push({ tag: 'meta', attrs: { property: `og:${name}`, content } });
    }
  }
  if (!hasTwin(path)) return;
  route.head.push({ tag: 'link', attrs: { rel: 'alternate', type: 'text/markdown', href: at(`/${twinPath(path)}`) } });
  const feed = { type: 'application/atom+xml', title: 'Changed verdicts', href: at('/verdicts.xml') };
  if (path.startsWith('/verdicts/')) route.head.push({ tag: 'link', attrs: { rel: 'alternate', ...feed } });
});
