/** A lab of the catalogue at toy size, in this process' own session: no lock, nothing stored. */
import { resolve } from 'node:path';
import { loadLab } from '#measure/lab.ts';
import type { Request } from '#measure/request.ts';
import { type LabResult, labResultSchema, type Series } from '#model/result.ts';
import { inSession } from '../measure/in-session.ts';

/** Runs a lab of tasks with one round and `bytes` of payload a sample. */
export async function runToy(id: string, asked: Partial<Request> = {}): Promise<LabResult> {
  const labFile = resolve(`labs/${id}.ts`);
  const lab = await loadLab(labFile);
  return labResultSchema.parse(await inSession((session) => lab.run(lab, session), { labFile, ...asked }));
}

/** The series of a variant with these factors; the baseline's first. */
export function seriesAt(result: LabResult, variant: string, factors: Readonly<Record<string, unknown>>): Series {
  const found = result.series.find(
    (one) =>
      one.variant === variant &&
      one.role !== 'repeat' &&
      Object.entries(factors).every(([name, value]) => one.factors[name] === value),
  );
  if (!found) throw new Error(`Expected a series of ${variant} with ${JSON.stringify(factors)}`);
  return found;
}
