/** Where things lie in the clone. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const clone = fileURLToPath(new URL('../../', import.meta.url));
export const labsFolder = join(clone, 'labs');
export const exercisesFolder = join(labsFolder, 'exercises');
export const exerciseCatalogueFile = join(exercisesFolder, 'catalogue.json');
export const dist = join(clone, 'dist');
export const catalogueFile = join(labsFolder, 'catalogue.json');

/** File of a lab: labs/<id>.ts, or labs/<id>/lab.ts where it brings files. Null when there is none. */
export function labFile(id: string): string | null {
  const paths = [join(labsFolder, `${id}.ts`), join(labsFolder, id, 'lab.ts')];
  return /^[a-z][a-z0-9-]*$/.test(id) ? (paths.find((path) => existsSync(path)) ?? null) : null;
}

/** Ids of all labs in the clone, in alphabetical order. */
export function labIds(): string[] {
  return readdirSync(labsFolder, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? entry.name : entry.name.replace(/\.ts$/, '')))
    .filter((id) => labFile(id) !== null)
    .sort();
}
