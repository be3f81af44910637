/** `npm run catalogue`: writes labs/catalogue.json from the labs. A test holds the two equal. */
import { writeFileSync } from 'node:fs';
import { loadLab } from '#measure/lab.ts';
import { catalogueSchema } from '#model/catalogue.ts';
import { catalogueFile, labFile, labIds } from './places.ts';

/** The catalogue as the labs describe themselves, as text. */
export async function catalogueText(): Promise<string> {
  const labs = await Promise.all(
    labIds().map(async (id) => {
      const { run: _run, senders: _senders, guest: _guest, ...entry } = await loadLab(labFile(id) as string);
      return entry;
    }),
  );
  return `${JSON.stringify(catalogueSchema.parse({ schemaVersion: 1, labs }), null, 2)}\n`;
}

if (import.meta.main) writeFileSync(catalogueFile, await catalogueText());
