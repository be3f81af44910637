import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { cards } from './src/site/cards.ts';
import { clientCode } from './src/site/client-code.ts';
import { baseLinks } from './src/site/markdown/base-links.ts';
import { repository } from './src/site/repository.ts';
import { searchIndex } from './src/site/search-index.ts';
import { securityPolicy } from './src/site/security-policy.ts';
import { sidebar } from './src/site/sidebar.ts';
import { twins } from './src/site/twins.ts';

/**
 * SITE_BASE   folder the site lives under, `/` without it
 * SITE_URL    public address: canonical links and the sitemap exist only with it
 * SITE_REPO   address of the repository on GitHub: links to edit a page and to report a mistake exist only with it
 * SITE_EDIT   address that an edit link puts before `content/…`, where it is not the repository's main branch
 * SITE_OUT, SITE_CACHE   where a build goes and where it keeps its notes, so that tests can build beside each other
 */
const { SITE_BASE, SITE_URL, SITE_OUT, SITE_CACHE } = process.env;
const base = SITE_BASE || '/';
const edit = process.env.SITE_EDIT || (repository && `${repository}/edit/main/`);

/** Components of the site in Starlight's place; each says at its top why. */
const override = (name) => ({ [name]: `./src/site/overrides/${name}.astro` });

/**
 * Stylesheets of every page, in the order in which they override each other. What few pages need is imported by the
 * component that it styles.
 */
const styles = ['tokens', 'page', 'search', 'figure', 'path', 'chart', 'table', 'claims', 'counted', 'own'];

export default defineConfig({
  site: SITE_URL || undefined,
  base,
  srcDir: './src/site',
  publicDir: './src/site/public',
  outDir: SITE_OUT || './dist',
  cacheDir: SITE_CACHE || './node_modules/.astro',
  trailingSlash: 'always',
  // Starlight turns prefetching on otherwise: 1.1 kB of script on every page.
  prefetch: false,
  // Every style and script is a file, so that a Content-Security-Policy can name them.
  build: { inlineStylesheets: 'never' },
  vite: {
    plugins: [clientCode],
    build: {
      assetsInlineLimit: 0,
      // The model and the figures only define: what a page does not use of them, it does not load.
      rolldownOptions: {
        treeshake: { moduleSideEffects: [{ test: /\/src\/(model|site\/figures)\//, sideEffects: false }] },
      },
    },
  },
  markdown: { processor: satteri({ hastPlugins: [baseLinks(base)] }) },
  integrations: [
    starlight({
      title: 'Zero Copy, Measured',
      description:
        'How data gets from a file to a socket without being copied, with labs that measure it on your machine.',
      favicon: '/favicon.svg',
      // Pages live in content/ (Astro's glob loader in content.config.ts), not in <srcDir>/content/docs.
      markdown: { processedDirs: ['./content'] },
      routeMiddleware: './src/site/route-data.ts',
      lastUpdated: true,
      credits: false,
      // The index is made by searchIndex() below, the box is our own Search.
      pagefind: false,
      ...(edit && { editLink: { baseUrl: edit } }),
      head: [
        { tag: 'link', attrs: { rel: 'stylesheet', href: `${base.replace(/\/$/, '')}/print.css`, media: 'print' } },
      ],
      customCss: styles.map((name) => `./src/site/styles/${name}.css`),
      components: {
        ...override('Search'),
        ...override('LanguageSelect'),
        ...override('ThemeProvider'),
        ...override('ThemeSelect'),
        ...override('SiteTitle'),
        ...override('PageTitle'),
        ...override('Hero'),
        ...override('Footer'),
      },
      sidebar,
    }),
    mdx(),
    searchIndex(),
    securityPolicy(),
    twins(base, SITE_URL),
    cards(SITE_URL),
  ],
});
