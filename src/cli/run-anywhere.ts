/** A lab where it can be run: here, or in the guest. */
import { guestCache } from '#guest/cache.ts';
import { guestReadiness } from '#guest/readiness.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Lab } from '#measure/lab.ts';
import type { LabResult } from '#model/result.ts';
import { type RunOptions, runOne } from './run-one.ts';

/**
 * Runs a lab here; where this kernel does not let it count, in the guest, if that stands ready: nothing is downloaded for
 * it, and no lab with a clock goes there.
 * @throws {CannotRunHere} when neither can
 */
export async function runAnywhere(
  lab: Lab,
  path: string,
  options: RunOptions,
  signal: AbortSignal,
): Promise<LabResult> {
  try {
    return await runOne(lab, path, options, signal);
  } catch (error) {
    const inGuest = lab.kind !== 'time' && lab.needs.some(({ orGuest }) => orGuest) && !options.guest;
    if (!(error instanceof CannotRunHere) || !inGuest || guestReadiness(guestCache()).why !== null) throw error;
    process.stderr.write(`${lab.id}: this kernel does not let it count, so in the guest, which stands ready\n`);
    return await runOne(lab, path, { ...options, guest: true }, signal);
  }
}
