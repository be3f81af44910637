/** What a machine's results say of a claim, in words. Apart from the rows of a table, which know all claims: pages load this. */
import type { MachineVerdict, Reason } from '#model/claims/claim.ts';
import type { Judged, Verdict } from '#model/claims/verdict.ts';
import { sentence } from '#model/words/capital.ts';
import { machineWords } from '#model/words/claims/scales.ts';
import type { NeedText } from '#model/words/needs/need-text.ts';

export interface MachineWords {
  readonly state: MachineVerdict;
  readonly machine: string;
  /** Why the machine decided nothing, or what of the claim it could not; empty where there is nothing to add. */
  readonly reason: string;
  /** Labs that the verdict rests on. */
  readonly labs: readonly string[];
}

/** Says why nothing was decided: reasonText, or what has its words. */
export type SayReason = (reason: Reason) => NeedText;

export function machineVerdict({ state, why, tested }: Verdict, claim: Judged, say: SayReason): MachineWords {
  return {
    state,
    machine: machineWords[state],
    reason: why === null ? leftOut(claim) : sentence(say(why).why),
    labs: [...new Set(tested.map(({ test }) => test.lab))],
  };
}

function leftOut({ untested = [] }: Judged): string {
  const parts = untested.flatMap(({ part }) => part ?? []);
  return parts.length === 0 ? '' : sentence(`not tested: ${parts.join('; ')}`);
}
