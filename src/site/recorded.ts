/** Access to the recorded results and the catalogue, for components. */
import { getCollection, getEntry } from 'astro:content';
import type { CatalogueEntry } from '#model/catalogue.ts';
import { QUOTED } from '#model/recorded-machines.ts';
import type { CountResult, LabResult, ProofResult, TimeResult } from '#model/result.ts';
import { at } from './address.ts';
import type { LabNames } from './figures/asked.ts';

/** A lab's result from the named machine, or the one that is quoted; undefined as long as none is recorded. */
export async function recorded(lab: string, machine?: string): Promise<LabResult | undefined> {
  const results = await getCollection('results');
  const of = (name: string) => results.find((entry) => entry.id === `${name}/${lab}`)?.data;
  return (machine ? [machine] : QUOTED).map(of).find((result) => result !== undefined);
}

export async function recordedTime(lab: string): Promise<TimeResult | undefined> {
  const result = await recorded(lab);
  return result?.kind === 'time' ? result : undefined;
}

export async function recordedProof(lab: string): Promise<ProofResult | undefined> {
  const result = await recorded(lab);
  return result?.kind === 'proof' ? result : undefined;
}

export async function recordedCount(lab: string, machine?: string): Promise<CountResult | undefined> {
  const result = await recorded(lab, machine);
  return result?.kind === 'count' ? result : undefined;
}

export async function catalogued(lab: string): Promise<CatalogueEntry | undefined> {
  return (await getEntry('catalogue', lab))?.data;
}

/** Variant name → title, as the lab's report says it. */
export async function titlesOf(lab: string): Promise<Readonly<Record<string, string>>> {
  return (await catalogued(lab))?.variants ?? {};
}

/** What every lab calls its variants and factors. */
export async function labNames(): Promise<LabNames> {
  return Object.fromEntries((await getCollection('catalogue')).map(({ id, data }) => [id, data]));
}

/** Address of a result's raw JSON on this site. */
export function rawAddress({ lab, environment }: LabResult): string {
  return at(`/results/${environment.machine}/${lab}.json`);
}
