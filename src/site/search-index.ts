import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import * as pagefind from 'pagefind';

/** Pagefind's own interfaces and its worker, half a megabyte that no page of this site loads. */
const unused = /^pagefind-(ui|modular-ui|component-ui|highlight|worker)\./;

/**
 * Makes the search index, in Starlight's place. Pagefind's program writes files in the background and may be closed before
 * the last bytes are out (seen: a file cut short in one of ten builds), so here the files are asked for and written by us.
 */
export function searchIndex(): AstroIntegration {
  return {
    name: 'zc-search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const site = fileURLToPath(dir);
        try {
          const { index } = checked(await pagefind.createIndex());
          if (!index) throw new Error('Cannot make the search index: Pagefind gave none');
          const { page_count } = checked(await index.addDirectory({ path: site }));
          const { files } = checked(await index.getFiles());
          for (const { path, content } of files.filter((file) => !unused.test(file.path))) {
            const target = join(site, 'pagefind', path);
            await mkdir(dirname(target), { recursive: true });
            await writeFile(target, content);
          }
          logger.info(`search index of ${page_count} pages`);
        } finally {
          await pagefind.close();
        }
      },
    },
  };
}

function checked<T extends { errors: string[] }>(answer: T): T {
  if (answer.errors.length > 0) throw new Error(`Cannot make the search index: ${answer.errors.join('; ')}`);
  return answer;
}
