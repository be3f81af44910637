/** What each lab was asked for a claim, what it answered, and the numbers behind. Pages load this for the reader's results. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import type { Tested } from '#model/claims/verdict.ts';
import { sentence } from '#model/words/capital.ts';
import { machineWords } from '#model/words/claims/scales.ts';
import { shownText } from '#model/words/claims/shown.ts';
import type { SayReason } from './machine-verdict.ts';

/** What one lab was asked, and what it answered. */
export interface Asked {
  readonly lab: string;
  readonly asks: string;
  readonly answer: string;
  /** Why there is none, and what would bring one; null where there is an answer. */
  readonly why: string | null;
  readonly numbers: readonly string[];
}

/** Lab → what it calls its variants and factors, as its report does. */
export type LabNames = Readonly<Record<string, Pick<CatalogueEntry, 'variants' | 'factors'>>>;

export function allAsked(tested: readonly Tested[], labs: LabNames, say: SayReason): Asked[] {
  return tested.map((one) => askedOf(one, labs, say));
}

function askedOf({ test, finding }: Tested, labs: LabNames, say: SayReason): Asked {
  const { variants = {}, factors } = labs[test.lab] ?? {};
  const reason = 'why' in finding ? say(finding.why) : null;
  return {
    lab: test.lab,
    asks: sentence(test.asks),
    answer: machineWords[finding.state],
    why: reason && `${sentence(reason.why)}${reason.remedy ? ` ${reason.remedy}` : ''}`,
    numbers: 'numbers' in finding ? finding.numbers.map((shown) => shownText(shown, variants, factors)) : [],
  };
}
