import type { LabResult } from '../result.ts';
import type { Finding, MachineVerdict, Reason, Test, TestedClaim, UntestedClaim } from './claim.ts';

/** What a machine has to show of each lab: its result, or why there is none. */
export type Evidence = Readonly<Record<string, LabResult | { readonly cannotRun: Reason } | undefined>>;

/** What a verdict on a claim rests on. */
export type Judged = Pick<TestedClaim, 'tests' | 'untested'> | Pick<UntestedClaim, 'tests' | 'untested'>;

/** A test with what the machine showed of it. */
export interface Tested {
  readonly test: Test;
  readonly finding: Finding;
}

/** A machine's verdict on a claim. */
export interface Verdict {
  readonly state: MachineVerdict;
  readonly tested: readonly Tested[];
  /** Why nothing was decided, by the first test or part that was not; null for the other states. */
  readonly why: Reason | null;
}

/**
 * Judges a claim: held only if all of its tests ran and held. A test without an answer outweighs every answer, so that
 * nothing is decided by a part. Halves that were split off (`untested`) have no say, except where nothing else is there.
 */
export function judgeClaim(claim: Judged, evidence: Evidence): Verdict {
  const tested = (claim.tests ?? []).map((test) => ({ test, finding: findingOf(test, evidence) }));
  if (claim.tests === undefined) {
    const [{ why }] = claim.untested;
    return { state: why.code === 'no-card' ? 'cannot-run' : 'not-run', tested, why };
  }
  const worst = ORDER.find((state) => tested.some(({ finding }) => finding.state === state)) ?? 'not-run';
  const first = tested.find(({ finding }) => finding.state === worst)?.finding;
  return { state: worst, tested, why: first && 'why' in first ? first.why : null };
}

/** Which finding a claim takes over from its tests, the first that occurs. */
const ORDER: readonly MachineVerdict[] = ['not-run', 'cannot-run', 'not-held', 'too-noisy', 'held'];

function findingOf({ lab, judge }: Test, evidence: Evidence): Finding {
  const shown = evidence[lab];
  if (shown === undefined) return { state: 'not-run', why: { code: 'no-result', args: { lab } } };
  return 'cannotRun' in shown && !('kind' in shown) ? { state: 'cannot-run', why: shown.cannotRun } : judge(shown);
}
