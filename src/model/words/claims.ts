/** What is said of claims and verdicts: both scales, and the reasons why nothing was decided. */
import type { MachineVerdict, Reason, SourceVerdict, Untested } from '../claims/claim.ts';
import { reasons } from './claims/reasons.ts';
import { needText } from './needs.ts';

/** What the sources say. */
export const sourceWords: Readonly<Record<SourceVerdict, string>> = {
  true: 'True',
  conditional: 'True, with conditions',
  misleading: 'Misleading',
  false: 'False',
  'no-source': 'No source',
};

/** What a machine showed. */
export const machineWords: Readonly<Record<MachineVerdict, string>> = {
  held: 'Held here',
  'not-held': 'Did not hold here',
  'too-noisy': 'Too noisy to say',
  'not-run': 'Not run',
  'cannot-run': 'Cannot run here',
};

/** Why there is no verdict, as a clause without its full stop, and what would bring one; null where nothing would. */
export function reasonText({ code, args }: Reason): { readonly why: string; readonly remedy: string | null } {
  const own = reasons[code];
  return own ? own(args) : needText({ why: code, args: { ...args } });
}

/** A part that no lab decides: `not tested: devices that cannot gather: it needs …`. */
export function untestedText({ part, why }: Untested): string {
  return `${part === undefined ? '' : `${part}: `}${reasonText(why).why}`;
}
