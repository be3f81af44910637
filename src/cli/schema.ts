/** `npm run schema`: writes the JSON Schemas of our documents, which the site serves. A test holds them equal. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inspectSchema } from '#model/inspect-document.ts';
import { labResultSchema, SCHEMA_VERSION } from '#model/result.ts';
import { TALLY_VERSION } from '#model/tally.ts';
import { clone } from './places.ts';

const folder = join(clone, 'src/site/public/schema');

/** The file of each schema with its text: JSON Schema 2020-12. */
export const schemaFiles: readonly { readonly file: string; readonly text: string }[] = [
  { file: join(folder, `result-${SCHEMA_VERSION}.json`), text: textOf(labResultSchema) },
  { file: join(folder, `inspect-${TALLY_VERSION}.json`), text: textOf(inspectSchema) },
];

function textOf(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema), null, 1)}\n`;
}

if (import.meta.main) {
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of schemaFiles) writeFileSync(file, text);
}
