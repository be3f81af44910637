import { defineCollection } from 'astro:content';
import { docsSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { catalogueEntrySchema } from '#model/catalogue.ts';
import { labResultSchema } from '#model/result.ts';
import { contentFolder, loadCatalogue, loadResults } from './loaders.ts';

export const collections = {
  docs: defineCollection({
    loader: glob({ base: contentFolder, pattern: '**/*.mdx' }),
    schema: docsSchema({
      extend: z.object({
        description: z.string(),
        /** Lab that this page rests on. That it is in the catalogue is held by test/content, not by a build. */
        lab: z.string().optional(),
      }),
    }),
  }),
  /** Committed reference measurements, by `<machine>/<lab>`; `body` is the file as it is. */
  results: defineCollection({ loader: loadResults, schema: labResultSchema }),
  catalogue: defineCollection({ loader: loadCatalogue, schema: catalogueEntrySchema }),
};
