/** What the runner says when vitest is done. */
import type { Missing } from './needs.ts';
import type { Outcome } from './vitest.ts';

export interface LeftOut {
  readonly tier: string;
  readonly missing: Missing;
}

/** One line a tier that was left out, with what would change it. */
export function sayLeftOut({ tier, missing }: LeftOut): string {
  return `left out: ${tier}: ${missing.why}; ${missing.remedy}`;
}

/** The very last line. */
export function closingLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** 0 only if everything that was asked for passed; with CI set, a tier that is left out was asked for. */
export function exitCode(outcome: Outcome, leftOut: readonly LeftOut[], ci: boolean): 0 | 1 {
  return outcome.failed > 0 || outcome.passed === 0 || (ci && leftOut.length > 0) ? 1 : 0;
}
