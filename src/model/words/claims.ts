/** What is said of claims and verdicts: both scales, and the reasons why nothing was decided. */
import type { Reason, Untested } from '../claims/claim.ts';
import { sayReason } from './claims/reasons.ts';
import { type NeedText, needText } from './needs.ts';

export { machineWords, sourceWords } from './claims/scales.ts';

/** Why there is no verdict, as a clause without its full stop, and what would bring one; null where nothing would. */
export function reasonText(reason: Reason): NeedText {
  return sayReason(reason, needText);
}

/** A part that no lab decides: `not tested: devices that cannot gather: it needs …`. */
export function untestedText({ part, why }: Untested): string {
  return `${part === undefined ? '' : `${part}: `}${reasonText(why).why}`;
}
