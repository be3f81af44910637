/** The JSON Schema of results, as the site serves it. */
import { readFileSync } from 'node:fs';
import { SCHEMA_VERSION } from '#model/result.ts';
import type { Schema } from './figures/schema-fields.ts';

/** Its address below the site's root. */
export const schemaPath: string = `/schema/result-${SCHEMA_VERSION}.json`;

/** From the clone's root, where the site is built. */
export const schemaFile: string = `src/site/public${schemaPath}`;

export function readSchema(): Schema {
  return JSON.parse(readFileSync(schemaFile, 'utf8')) as Schema;
}
