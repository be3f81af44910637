import { readFileSync } from 'node:fs';
import type { CatalogueEntry } from '#model/catalogue.ts';
import { catalogueFile } from './places.ts';

/** The labs as labs/catalogue.json describes them; a test holds it equal to the labs, so it is not checked again here. */
export function readCatalogue(): CatalogueEntry[] {
  return (JSON.parse(readFileSync(catalogueFile, 'utf8')) as { labs: CatalogueEntry[] }).labs;
}

/** Those to begin with, in their order. */
export function firstLabs(labs: readonly CatalogueEntry[]): CatalogueEntry[] {
  return labs.filter(({ first }) => first !== null).sort((a, b) => (a.first as number) - (b.first as number));
}
