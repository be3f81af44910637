/** `npm run schema`: writes the JSON Schema of results, which the site serves. A test holds the two equal. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { labResultSchema, SCHEMA_VERSION } from '#model/result.ts';
import { clone } from './places.ts';

export const schemaFile: string = join(clone, 'src/site/public/schema', `result-${SCHEMA_VERSION}.json`);

/** The schema of one result document, as text: JSON Schema 2020-12. */
export function schemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(labResultSchema), null, 1)}\n`;
}

if (import.meta.main) {
  mkdirSync(dirname(schemaFile), { recursive: true });
  writeFileSync(schemaFile, schemaText());
}
