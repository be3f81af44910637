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
    if (options.guest || !guestAnswers(lab, error)) throw error;
    return await runInstead(lab, path, options, signal);
  }
}

/** Whether a lab that could not run here can run in the guest as it stands. @param error why it could not */
export function guestAnswers(lab: Lab, error: unknown): boolean {
  const might = lab.kind !== 'time' && lab.needs.some(({ orGuest }) => orGuest);
  return might && error instanceof CannotRunHere && guestReadiness(guestCache()).why === null;
}

/** Runs such a lab in the guest, and says so. */
export async function runInstead(lab: Lab, path: string, options: RunOptions, signal: AbortSignal): Promise<LabResult> {
  process.stderr.write(`${lab.id}: this kernel does not let it count, so in the guest, which stands ready\n`);
  return await runOne(lab, path, { ...options, guest: true }, signal);
}
