/** What a machine's results say of a claim, in words. Apart from the rows of a table, which know all claims: pages load this. */
import type { MachineVerdict } from '#model/claims/claim.ts';
import type { Judged, Verdict } from '#model/claims/verdict.ts';
import { sentence } from '#model/words/capital.ts';
import { machineWords, reasonText } from '#model/words/claims.ts';

export interface MachineWords {
  readonly state: MachineVerdict;
  readonly machine: string;
  /** Why the machine decided nothing, or what of the claim it could not; empty where there is nothing to add. */
  readonly reason: string;
  /** Labs that the verdict rests on. */
  readonly labs: readonly string[];
}

export function machineVerdict({ state, why, tested }: Verdict, claim: Judged): MachineWords {
  return {
    state,
    machine: machineWords[state],
    reason: why === null ? leftOut(claim) : sentence(reasonText(why).why),
    labs: [...new Set(tested.map(({ test }) => test.lab))],
  };
}

function leftOut({ untested = [] }: Judged): string {
  const parts = untested.flatMap(({ part }) => part ?? []);
  return parts.length === 0 ? '' : sentence(`not tested: ${parts.join('; ')}`);
}
