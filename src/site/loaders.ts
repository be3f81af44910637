/** Content loaders for what labs leave behind. A folder or file that is not there yet is an empty collection. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loader } from 'astro/loaders';

/** SITE_CONTENT, SITE_RESULTS, SITE_CATALOGUE: other places than the committed ones, for tests and for designing. */
export const contentFolder = process.env.SITE_CONTENT || './content';
const resultsFolder = process.env.SITE_RESULTS || 'labs/results';
const catalogueFile = process.env.SITE_CATALOGUE || 'labs/catalogue.json';

/** One entry a result, `<machine>/<lab>`; the body keeps the file byte for byte. */
export const loadResults: Loader = {
  name: 'zc-results',
  async load({ store, parseData }) {
    store.clear();
    for (const file of globSync('*/*.json', { cwd: resultsFolder }).sort()) {
      const filePath = join(resultsFolder, file);
      const body = readFileSync(filePath, 'utf8');
      const id = file.replace(/\.json$/, '');
      store.set({ id, body, data: await parseData({ id, data: JSON.parse(body), filePath }) });
    }
  },
};

/** One entry a lab, in the catalogue's order. */
export const loadCatalogue: Loader = {
  name: 'zc-catalogue',
  async load({ store, parseData }) {
    store.clear();
    if (!existsSync(catalogueFile)) return;
    const { labs } = JSON.parse(readFileSync(catalogueFile, 'utf8')) as { labs: { id: string }[] };
    for (const lab of labs) {
      store.set({ id: lab.id, data: await parseData({ id: lab.id, data: lab, filePath: catalogueFile }) });
    }
  },
};
