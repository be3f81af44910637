import { CannotRunHere } from '#machine/cannot-run.ts';
import { findStrace } from '#proof/calls/index.ts';

/** Whether programs may be traced here. Where not, a check finds out otherwise, and says so. */
export function canTrace(): boolean {
  try {
    findStrace();
    return true;
  } catch (error) {
    if (error instanceof CannotRunHere) return false;
    throw error;
  }
}
