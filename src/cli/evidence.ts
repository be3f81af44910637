/** The latest results of this machine, or those of folders that the reader names. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadResult, storedResults } from '#machine/result-store.ts';
import type { LabResult } from '#model/result.ts';
import { UsageError } from './exit.ts';

/** A result, and the file that it was read from. */
export interface Found {
  readonly path: string;
  readonly result: LabResult;
}

/**
 * Results of the labs, by lab: `<folder>/<lab>.json` of the first folder that has one, as `labs/results/<machine>` does;
 * without folders the newest that is stored.
 *
 * @throws {UsageError} for a folder that is none, or that has no result of any of the labs
 */
export function findResults(labs: readonly string[], folders: readonly string[]): Map<string, Found> {
  for (const folder of folders) refuse(folder, labs);
  const found = new Map<string, Found>();
  for (const lab of labs) {
    const one = folders.length > 0 ? inFolders(folders, lab) : newestStored(lab);
    if (one) found.set(lab, one);
  }
  return found;
}

function inFolders(folders: readonly string[], lab: string): Found | undefined {
  const path = fileIn(folders, lab);
  if (path === undefined) return undefined;
  const result = loadResult(path);
  if (result.lab === lab) return { path, result };
  throw new UsageError(`Expected a result of ${lab} in '${path}', found one of ${result.lab}`);
}

/** The newest that asks what the claims do: a receiver that discards the bytes is another question. */
function newestStored(lab: string): Found | undefined {
  for (const path of storedResults(lab).reverse()) {
    const result = loadResult(path);
    if (result.parameters.receiver !== 'discard') return { path, result };
  }
  return undefined;
}

function fileIn(folders: readonly string[], lab: string): string | undefined {
  return folders.map((folder) => join(folder, `${lab}.json`)).find((path) => existsSync(path));
}

function refuse(folder: string, labs: readonly string[]): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`Cannot read results from '${folder}': it is not a folder; try labs/results/reference-vm`);
  if (fileIn([folder], labs.find((lab) => fileIn([folder], lab)) ?? '') === undefined)
    throw new UsageError(
      `Found no result in '${folder}': expected files such as ${labs[0]}.json, try labs/results/reference-vm`,
    );
}
