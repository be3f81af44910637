/** Runs a lab in this process at toy size. */
import { resolve } from 'node:path';
import type { Lab } from '#measure/lab.ts';
import type { Request } from '#measure/request.ts';
import { withSession } from '#measure/session.ts';
import { type LabResult, labResultSchema } from '#model/result.ts';

/** One quick run; its result has passed the schema. @throws {CannotRunHere} */
export async function runLab(lab: Lab, asked: Partial<Request> = {}): Promise<LabResult> {
  const request: Request = { mode: 'quick', rounds: 1, bytes: null, receiver: 'copy', seed: 7, ...asked };
  const options = { request, labFile: resolve(`labs/${lab.id}.ts`), work: undefined, diskBytes: 0, progress: () => {} };
  return labResultSchema.parse(
    await withSession({ ...options, signal: new AbortController().signal }, (session) => lab.run(lab, session)),
  );
}

/** What the lab adds to the first sample of each series, by variant and the named factors. */
export function extras(result: LabResult, ...factors: readonly string[]): Record<string, Record<string, number>> {
  return Object.fromEntries(
    result.series
      .filter(({ role }) => role !== 'repeat')
      .map((one) => {
        const [sample] = one.samples;
        const name = [one.variant, ...factors.map((factor) => one.factors[factor])].join(' ');
        return [name, { ...(sample && 'extra' in sample ? sample.extra : {}) }];
      }),
  );
}
