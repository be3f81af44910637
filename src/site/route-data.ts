import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { lastCommitOf } from './git.ts';

/** Starlight asks git about <srcDir>/content/docs only, so `lastUpdated` would silently be missing in builds. */
export const onRequest = defineRouteMiddleware((context) => {
  const route = context.locals.starlightRoute;
  const { filePath, data } = route.entry;
  if (data.lastUpdated === undefined && filePath) route.lastUpdated = lastCommitOf(filePath);
});
